//! Moving labels apart until none covers another.

use super::geometry::Rect;

/// A label that wants to stand at a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// Its left edge.
    pub left: f64,
    /// The height of its middle.
    pub y: f64,
    /// The height that what it names has kept to lately: it decides which of two labels at nearly the
    /// same height stands above the other, so that they do not change places with every wiggle.
    pub lately: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Wish {
    /// What the label covers there.
    pub fn covers(&self) -> Rect {
        let (left, top) = (self.left, self.y - self.height / 2.0);
        Rect { left, top, right: left + self.width, bottom: top + self.height }
    }
}

/// Heights of the middles of labels, as near to the wishes as can be without any two covering
/// each other, all between `top` and `bottom`.
///
/// Labels that cannot all be had are left out, the last ones first.
pub(super) fn place(wishes: &[Wish], top: f64, bottom: f64) -> Vec<Option<f64>> {
    let mut places = vec![None; wishes.len()];
    for group in side_by_side(wishes) {
        for (index, y) in stacked(wishes, group, top, bottom) {
            places[index] = Some(y);
        }
    }
    places
}

/// Groups of labels that could cover each other; labels of different groups cannot.
fn side_by_side(wishes: &[Wish]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].left.total_cmp(&wishes[b].left));
    let (mut groups, mut right) = (Vec::<Vec<usize>>::new(), f64::NEG_INFINITY);
    for index in order {
        match groups.last_mut() {
            Some(group) if wishes[index].left < right => group.push(index),
            _ => groups.push(vec![index]),
        }
        right = right.max(wishes[index].left + wishes[index].width);
    }
    groups
}

/// The heights of the labels of one group.
fn stacked(wishes: &[Wish], mut group: Vec<usize>, top: f64, bottom: f64) -> Vec<(usize, f64)> {
    group.sort_unstable();
    let height = |group: &[usize]| group.iter().map(|&i| wishes[i].height).sum::<f64>();
    while !group.is_empty() && height(&group) > bottom - top {
        group.pop();
    }
    in_order(wishes, &mut group);
    // Less the room of all labels above, heights need only be in order.
    let mut above = top;
    let free = group.iter().map(|&i| {
        let middle = above + wishes[i].height / 2.0;
        above += wishes[i].height;
        (wishes[i].y - middle, middle)
    });
    let (wanted, middles): (Vec<f64>, Vec<f64>) = free.unzip();
    let slack = bottom - top - height(&group);
    let ordered = nearest_in_order(&wanted).into_iter().map(|y| y.clamp(0.0, slack.max(0.0)));
    group.into_iter().zip(ordered.zip(middles).map(|(y, middle)| y + middle)).collect()
}

/// Orders labels from top to bottom by where they have been lately, the earlier one first where that is
/// the same; but none stands above one that is higher by all of its height.
fn in_order(wishes: &[Wish], group: &mut [usize]) {
    group.sort_by(|&a, &b| wishes[a].lately.total_cmp(&wishes[b].lately));
    let wrong = |pair: &[usize]| wishes[pair[0]].y > wishes[pair[1]].y + wishes[pair[1]].height;
    // Every exchange puts two labels into the order of their heights: so this ends.
    while let Some(at) = group.windows(2).position(wrong) {
        group.swap(at, at + 1);
    }
}

/// The non-decreasing numbers nearest to the given ones, in the sense of least squares:
/// neighbours out of order are pooled at their mean.
fn nearest_in_order(wanted: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for &value in wanted {
        let (mut mean, mut count) = (value, 1);
        while let Some(&(before, many)) = pools.last().filter(|(before, _)| *before > mean) {
            mean = (before * many as f64 + mean * count as f64) / (many + count) as f64;
            count += many;
            pools.pop();
        }
        pools.push((mean, count));
    }
    pools.into_iter().flat_map(|(mean, count)| vec![mean; count]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(left: f64, y: f64) -> Wish {
        Wish { left, y, lately: y, width: 50.0, height: 15.0 }
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        let wishes = [wish(0.0, 80.0), wish(0.0, 20.0), wish(60.0, 20.0)];
        assert_eq!(place(&wishes, 0.0, 100.0), [Some(80.0), Some(20.0), Some(20.0)]);
    }

    #[test]
    fn labels_at_one_height_move_apart_evenly() {
        let wishes = [wish(0.0, 50.0), wish(0.0, 50.0), wish(0.0, 50.0)];
        assert_eq!(place(&wishes, 0.0, 100.0), [Some(35.0), Some(50.0), Some(65.0)]);
    }

    #[test]
    fn labels_stay_within() {
        let wishes = [wish(0.0, -10.0), wish(0.0, 0.0), wish(0.0, 300.0)];
        assert_eq!(place(&wishes, 0.0, 100.0), [Some(7.5), Some(22.5), Some(92.5)]);
    }

    #[test]
    fn the_last_labels_give_way() {
        let wishes = [wish(0.0, 10.0), wish(0.0, 10.0), wish(0.0, 10.0)];
        assert_eq!(place(&wishes, 0.0, 31.0), [Some(7.5), Some(22.5), None]);
        assert_eq!(place(&wishes, 5.0, 5.0), [None, None, None]);
    }

    #[test]
    fn labels_at_nearly_one_height_keep_their_order_until_they_are_apart() {
        let pair = |y: [f64; 2], lately: [f64; 2]| {
            let wishes = [0, 1].map(|i| Wish { lately: lately[i], ..wish(0.0, y[i]) });
            let places = place(&wishes, 0.0, 100.0);
            places[0] < places[1]
        };
        assert!(pair([50.0, 50.0], [0.0, 0.0]), "the first one, where nothing decides");
        assert!(pair([52.0, 48.0], [30.0, 40.0]) && pair([48.0, 52.0], [30.0, 40.0]));
        assert!(!pair([52.0, 48.0], [40.0, 30.0]) && !pair([48.0, 52.0], [40.0, 30.0]));
        assert!(!pair([80.0, 20.0], [30.0, 40.0]), "they have changed places");
    }

    proptest! {
        #[test]
        fn no_label_covers_another(
            wishes in prop::collection::vec((0.0..300.0_f64, -50.0..250.0_f64, 5.0..80.0_f64), 0..14)
        ) {
            let wish = |&(left, y, width): &(f64, f64, f64)| {
                // Lately they were in any order.
                Wish { left, y, lately: (7.0 * y) % 90.0, width, height: 15.0 }
            };
            let wishes: Vec<Wish> = wishes.iter().map(wish).collect();
            let places = place(&wishes, 0.0, 200.0);
            for (i, (a, ya)) in wishes.iter().zip(&places).enumerate() {
                let Some(ya) = ya else { continue };
                prop_assert!(*ya >= 7.4999 && *ya <= 192.5001);
                for (b, yb) in wishes.iter().zip(&places).skip(i + 1) {
                    let beside = a.left + a.width <= b.left || b.left + b.width <= a.left;
                    prop_assert!(beside || yb.is_none_or(|yb| (ya - yb).abs() > 14.9999));
                }
            }
        }
    }
}
