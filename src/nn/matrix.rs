//! Matrices within lists of numbers: whole lists, some of their rows and columns, or transposed.

use std::ops::Range;

/// A matrix to read. Either its rows or its columns lie without gaps.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, T> {
    values: &'a [T],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

/// The numbers from the first to the last of a matrix.
fn reach(rows: usize, columns: usize, stride: usize) -> usize {
    if rows == 0 || columns == 0 { 0 } else { (rows - 1) * stride + columns }
}

impl<'a, T> Matrix<'a, T> {
    /// `rows` x `columns`, row by row, without gaps.
    ///
    /// # Panics
    /// Where the list is too short.
    #[inline]
    pub fn new(values: &'a [T], rows: usize, columns: usize) -> Self {
        Matrix::strided(values, rows, columns, columns)
    }

    /// `rows` x `columns`; a row starts `stride` numbers after the one before.
    ///
    /// # Panics
    /// Where the list is too short.
    #[inline]
    pub fn strided(values: &'a [T], rows: usize, columns: usize, stride: usize) -> Self {
        let values = &values[..reach(rows, columns, stride)];
        Matrix { values, rows, columns, row_stride: stride, column_stride: 1 }
    }

    /// The same numbers, rows for columns.
    #[inline]
    pub fn transposed(self) -> Self {
        Matrix {
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
            ..self
        }
    }

    /// Some rows and some columns of it.
    ///
    /// # Panics
    /// Where it has no such rows or columns.
    #[inline]
    pub fn part(self, rows: Range<usize>, columns: Range<usize>) -> Self {
        assert!(rows.start <= rows.end && rows.end <= self.rows);
        assert!(columns.start <= columns.end && columns.end <= self.columns);
        let (rows, from_row) = (rows.len(), rows.start);
        let (columns, from_column) = (columns.len(), columns.start);
        let values = if rows == 0 || columns == 0 {
            &[]
        } else {
            let from = from_row * self.row_stride + from_column * self.column_stride;
            let last = (rows - 1) * self.row_stride + (columns - 1) * self.column_stride;
            &self.values[from..=from + last]
        };
        Matrix { values, rows, columns, ..self }
    }

    /// A column that lies without gaps: one of a transposed matrix.
    #[inline]
    pub(super) fn column(self, column: usize) -> &'a [T] {
        debug_assert!(self.row_stride == 1);
        &self.values[column * self.column_stride..][..self.rows]
    }

    /// Rows.
    #[inline]
    pub fn rows(self) -> usize {
        self.rows
    }

    /// Columns.
    #[inline]
    pub fn columns(self) -> usize {
        self.columns
    }

    /// The list from its first number to its last.
    #[inline]
    pub(super) fn values(self) -> &'a [T] {
        self.values
    }

    #[inline]
    pub(super) fn row_stride(self) -> usize {
        self.row_stride
    }

    #[inline]
    pub(super) fn column_stride(self) -> usize {
        self.column_stride
    }
}

/// A matrix to write, row by row.
#[derive(Debug)]
pub struct MatrixMut<'a, T> {
    values: &'a mut [T],
    rows: usize,
    columns: usize,
    stride: usize,
}

impl<'a, T> MatrixMut<'a, T> {
    /// `rows` x `columns`, row by row, without gaps.
    ///
    /// # Panics
    /// Where the list is too short.
    #[inline]
    pub fn new(values: &'a mut [T], rows: usize, columns: usize) -> Self {
        MatrixMut::strided(values, rows, columns, columns)
    }

    /// `rows` x `columns`; a row starts `stride` numbers after the one before.
    ///
    /// # Panics
    /// Where the list is too short.
    #[inline]
    pub fn strided(values: &'a mut [T], rows: usize, columns: usize, stride: usize) -> Self {
        let values = &mut values[..reach(rows, columns, stride)];
        MatrixMut { values, rows, columns, stride }
    }

    /// Rows.
    #[inline]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns.
    #[inline]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Some rows and some columns of it.
    #[inline]
    pub(super) fn part_mut(
        &mut self,
        rows: Range<usize>,
        columns: Range<usize>,
    ) -> MatrixMut<'_, T> {
        assert!(rows.end <= self.rows && columns.end <= self.columns);
        let values = &mut self.values[rows.start * self.stride + columns.start..];
        MatrixMut::strided(values, rows.len(), columns.len(), self.stride)
    }

    #[inline]
    pub(super) fn values_mut(&mut self) -> &mut [T] {
        self.values
    }

    #[inline]
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    #[inline]
    pub(super) fn row(&self, row: usize, first: usize, width: usize) -> &[T] {
        &self.values[row * self.stride + first..][..width]
    }

    #[inline]
    pub(super) fn row_mut(&mut self, row: usize, first: usize, width: usize) -> &mut [T] {
        &mut self.values[row * self.stride + first..][..width]
    }
}
