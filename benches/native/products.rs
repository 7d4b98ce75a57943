//! Matrix products to compare with: plain loops, and matrixmultiply.

use regularization_playground::nn::Matrix;

/// One of the forms of a product of square matrices.
pub struct Form {
    pub name: &'static str,
    pub plain: fn(usize, &[f32], &[f32], &mut [f32]),
    transposed: (bool, bool),
}

pub const FORMS: [&Form; 3] = [
    &Form { name: "ab", transposed: (false, false), plain: ab },
    &Form { name: "atb", transposed: (true, false), plain: atb },
    &Form { name: "abt", transposed: (false, true), plain: abt },
];

impl Form {
    /// The two factors, as they are multiplied.
    pub fn matrices<'a>(
        &self,
        n: usize,
        a: &'a [f32],
        b: &'a [f32],
    ) -> (Matrix<'a, f32>, Matrix<'a, f32>) {
        let matrix = |values, transposed| {
            let matrix = Matrix::new(values, n, n);
            if transposed { matrix.transposed() } else { matrix }
        };
        (matrix(a, self.transposed.0), matrix(b, self.transposed.1))
    }
}

fn ab(n: usize, a: &[f32], b: &[f32], c: &mut [f32]) {
    c.fill(0.0);
    for (a, c) in a.chunks_exact(n).zip(c.chunks_exact_mut(n)) {
        for (&a, b) in a.iter().zip(b.chunks_exact(n)) {
            c.iter_mut().zip(b).for_each(|(c, b)| *c += a * b);
        }
    }
}

fn atb(n: usize, a: &[f32], b: &[f32], c: &mut [f32]) {
    c.fill(0.0);
    for (a, b) in a.chunks_exact(n).zip(b.chunks_exact(n)) {
        for (&a, c) in a.iter().zip(c.chunks_exact_mut(n)) {
            c.iter_mut().zip(b).for_each(|(c, b)| *c += a * b);
        }
    }
}

fn abt(n: usize, a: &[f32], b: &[f32], c: &mut [f32]) {
    for (a, c) in a.chunks_exact(n).zip(c.chunks_exact_mut(n)) {
        for (b, c) in b.chunks_exact(n).zip(c) {
            *c = a.iter().zip(b).map(|(a, b)| a * b).sum();
        }
    }
}

/// The same product by matrixmultiply.
#[allow(unsafe_code, reason = "the crate's one function takes pointers")]
pub fn sgemm(form: &Form, n: usize, a: &[f32], b: &[f32], c: &mut [f32]) {
    assert!(a.len() == n * n && b.len() == n * n && c.len() == n * n);
    let strides = |transposed| if transposed { (1, n as isize) } else { (n as isize, 1) };
    let ((ar, ac), (br, bc)) = (strides(form.transposed.0), strides(form.transposed.1));
    let (a, b, c) = (a.as_ptr(), b.as_ptr(), c.as_mut_ptr());
    // SAFETY: every index below n in both directions lies within n * n numbers, as asserted.
    unsafe { matrixmultiply::sgemm(n, n, n, 1.0, a, ar, ac, b, br, bc, 0.0, c, n as isize, 1) };
}
