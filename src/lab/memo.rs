//! A costly result that is found once.

use std::sync::OnceLock;

/// A result that is found when it is first asked for, and kept until it is forgotten.
pub struct Memo<T>(OnceLock<T>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(OnceLock::new())
    }
}

impl<T> Memo<T> {
    /// The result; `find` is called only where it is not known.
    pub fn get(&self, find: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(find)
    }

    /// Takes the result out, if it is known.
    pub fn take(&mut self) -> Option<T> {
        self.0.take()
    }

    /// Forgets the result, since what it was found from has changed.
    pub fn forget(&mut self) {
        *self = Memo::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_found_once_until_it_is_forgotten() {
        let mut memo = Memo::default();
        assert_eq!([*memo.get(|| 1), *memo.get(|| 2)], [1, 1]);
        memo.forget();
        assert_eq!(*memo.get(|| 3), 3);
    }
}
