//! Native speed, beside plain loops and the crate matrixmultiply: `./build.sh bench`.

#[path = "native/plain.rs"]
mod plain;
#[path = "native/products.rs"]
mod products;
#[path = "native/workloads.rs"]
mod workloads;

use criterion::{BenchmarkId, Criterion};
use regularization_playground::nn::{MatrixMut, Network, Scratch, Start, gemm, ridge};
use std::hint::black_box;
use std::time::Duration;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .sample_size(10)
        .configure_from_args();
    products(&mut criterion);
    networks(&mut criterion);
    closed_form(&mut criterion);
    criterion.final_summary();
}

/// Square products in the three forms training needs.
fn products(criterion: &mut Criterion) {
    for form in products::FORMS {
        let mut group = criterion.benchmark_group(format!("gemm_{}", form.name));
        for n in [32, 64, 128, 256, 800] {
            let (a, b) = (workloads::numbers(n * n), workloads::numbers(n * n));
            let mut c = vec![0.0; n * n];
            let mut scratch = Scratch::default();
            group.bench_function(BenchmarkId::new("ours", n), |bencher| {
                let (a, b) = form.matrices(n, &a, &b);
                bencher.iter(|| {
                    let c = MatrixMut::new(&mut c, n, n);
                    gemm(black_box(a), black_box(b), Start::Zero, c, &mut scratch);
                });
            });
            group.bench_function(BenchmarkId::new("plain", n), |bencher| {
                bencher.iter(|| (form.plain)(n, black_box(&a), black_box(&b), &mut c));
            });
            group.bench_function(BenchmarkId::new("matrixmultiply", n), |bencher| {
                bencher.iter(|| products::sgemm(form, n, black_box(&a), black_box(&b), &mut c));
            });
        }
    }
}

/// One step of every workload that trains dense layers, and of plain loops.
fn networks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("workloads");
    for workload in workloads::dense() {
        let mut network: Network<f32> = Network::new(workload.config()).expect("a small network");
        network.load(&workload.x, &workload.y).expect("a whole training set");
        group.bench_function(BenchmarkId::new("ours", &workload.key), |bencher| {
            bencher.iter(|| network.step(1).expect("a finite loss"));
        });
        let mut members: Vec<plain::Network> =
            (0..workload.members()).map(|_| plain::Network::new(&workload)).collect();
        group.bench_function(BenchmarkId::new("plain", &workload.key), |bencher| {
            bencher.iter(|| members.iter_mut().map(plain::Network::step).sum::<f32>());
        });
    }
}

/// W6a.
fn closed_form(criterion: &mut Criterion) {
    let wide = |numbers: Vec<f32>| numbers.into_iter().map(f64::from).collect::<Vec<f64>>();
    let (x, y) = (wide(workloads::numbers(100 * 1000)), wide(workloads::numbers(1000)));
    let mut group = criterion.benchmark_group("workloads");
    group.bench_function(BenchmarkId::new("ours", "w6a"), |bencher| {
        bencher.iter(|| ridge(black_box(&x), &y, 100, 0.1, false).expect("a penalty"));
    });
}
