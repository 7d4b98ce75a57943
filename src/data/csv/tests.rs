//! Whole files, read.

use super::*;
use crate::value::Value;

fn options(fields: &[(&str, &str)]) -> CsvOptions {
    let field = |(key, value): &(&'static str, &str)| match *value {
        "true" | "false" => (*key, Value::Flag(*value == "true")),
        list if *key == "leave_out" => {
            (*key, Value::List(list.split(',').map(|name| Value::Text(name.into())).collect()))
        }
        text => (*key, Value::Text(text.to_string())),
    };
    let fields: Vec<(&'static str, &str)> = fields
        .iter()
        .map(|(key, value)| (key.to_string().leak() as &'static str, *value))
        .collect();
    CsvOptions::from_value(Value::record(fields.iter().map(field).collect())).unwrap()
}

fn read(text: &str, fields: &[(&str, &str)]) -> Table {
    read_csv(text, &options(fields)).unwrap().0
}

fn refusal(text: &str, fields: &[(&str, &str)]) -> String {
    read_csv(text, &options(fields)).unwrap_err().to_string()
}

const HOUSES: &str =
    "\u{feff}size;colour;price\r\n1,5;red;10\r\n2;\"blue\";20,5\r\n\r\n3;red;30\r\n";

#[test]
fn a_file_as_spreadsheets_save_it_becomes_a_table() {
    let (table, told) = read_csv(HOUSES, &CsvOptions::default()).unwrap();
    assert_eq!(table.inputs, ["size", "colour = blue", "colour = red"]);
    assert_eq!(table.examples.x, [1.5, 0.0, 1.0, 2.0, 1.0, 0.0, 3.0, 0.0, 1.0]);
    assert_eq!((table.examples.y, table.standardize), (vec![10.0, 20.5, 30.0], true));
    assert_eq!((told.separator, told.decimal, told.header, told.rows), (';', ',', true, 3));
    assert_eq!(told.preview, [["1,5", "red", "10"], ["2", "blue", "20,5"], ["3", "red", "30"]]);
    assert_eq!(told.columns[1].kind, Kind::Words);
}

#[test]
fn the_target_may_be_any_column_and_words_are_classes() {
    let table = read(HOUSES, &[("target", "colour"), ("standardize", "false")]);
    assert_eq!(
        (table.classes, table.examples.y),
        (vec!["blue".into(), "red".into()], vec![1.0, 0.0, 1.0])
    );
    assert_eq!((table.inputs, table.standardize), (vec!["size".into(), "price".into()], false));
    let table = read(HOUSES, &[("leave_out", "colour"), ("target", "price"), ("header", "true")]);
    assert_eq!(table.inputs, ["size"]);
    let labelled = "label,a\n".to_string() + &"3,1\n7,2\n".repeat(4);
    let table = read(&labelled, &[]);
    assert_eq!((table.classes, table.examples.y[1]), (vec!["3".into(), "7".into()], 1.0));
    assert!(read(&labelled, &[("task", "regression")]).classes.is_empty());
}

#[test]
fn empty_cells_are_named_or_their_rows_left_out() {
    let text = "a,b,y\n1,2,3\n,NA,4\n5,x,6\n7,8\n9,10,11\n1,1,1\n2,2,2\n";
    let said = refusal(text, &[]);
    let want = "line 3, column a: is empty; line 3, column b: is \"NA\"; line 4, column b: is \"x\", no \
                number; line 5: has 2 cells, not 3; in 3 rows in all: fill them in, or leave these rows \
                out (missing: \"leave_out\")";
    assert_eq!(said, want);
    let (table, told) = read_csv(text, &options(&[("missing", "leave_out")])).unwrap();
    assert_eq!(table.examples.y, [3.0, 11.0, 1.0, 2.0]);
    assert_eq!((told.left_out_count, told.left_out_rows, told.left_out[0].line), (4, 3, 3));
    let only = read_csv(text, &options(&[("missing", "leave_out"), ("leave_out", "b")])).unwrap().0;
    assert_eq!(only.examples.y, [3.0, 6.0, 11.0, 1.0, 2.0], "what is not used may be empty");
    let seen = describe_csv(text, &CsvOptions::default()).unwrap();
    assert_eq!((seen.rows, seen.left_out_count, seen.columns[1].missing), (7, 4, 2));
    let many = "a,b\n".to_string() + &",1\n".repeat(300) + "1,2\n2,3\n";
    let seen = describe_csv(&many, &CsvOptions::default()).unwrap();
    assert_eq!((seen.left_out.len(), seen.left_out_count), (100, 300));
    assert!(refusal(&many, &[]).contains("; and 296 more, in 300 rows in all"));
}

#[test]
fn what_cannot_be_learned_from_is_refused_by_name() {
    let names: String = (0..30).map(|i| format!("name {i},{}\n", i % 7)).collect();
    let names = "who,y\n".to_string() + &names;
    for (text, fields, says) in [
        (names.as_str(), &[][..], "column who: has more than 12 different words"),
        (
            &names,
            &[("target", "who")],
            "column who: cannot be the target so: has 30 different words",
        ),
        (
            &names,
            &[("target", "whom")],
            "target = \"whom\": must be the name of a column; the nearest is who",
        ),
        (&names, &[("target", "y"), ("leave_out", "y")], "leave_out: \"y\" is the target"),
        (&names, &[("leave_out", "who")], "the table has 0 inputs"),
        (
            "a,b\n1,2\n3,2\n",
            &[("target", "b")],
            "column b: cannot be the target so: has 1 different",
        ),
        ("a,b\n1,2\n", &[], "no column can be the target"),
        ("a,b\n", &[], "the text has a header and no rows below it"),
        ("", &[], "the text has no rows"),
        ("a\n1\n2\n", &[], "line 1: has one column only"),
        ("a,b\n1,\"2\n", &[], "line 2: a quotation mark"),
        ("a,b\n1,\0", &[], "line 2, character 3: is a zero byte"),
    ] {
        let said = refusal(text, fields);
        assert!(said.contains(says), "{said}: {says}");
    }
}

#[test]
fn empty_columns_at_the_end_of_a_row_are_no_inputs() {
    let table = read("a,y,\n1,2,\n3,4,\n", &[]);
    assert_eq!((table.inputs, table.target), (vec!["a".to_string()], "y".to_string()));
}

#[test]
fn numbers_with_thousands_and_numbers_that_are_too_large_are_told_apart_from_words() {
    let text = "sep=;\r\nsize;price;plot\r\n1,5;1.234,50;1\u{202f}000\r\n2;980;2\u{202f}500,5\r\n3;12.000;3 000\r\n";
    let (table, told) = read_csv(text, &CsvOptions::default()).unwrap();
    assert_eq!(
        table.examples.x,
        [1.5, 1234.5, 2.0, 980.0, 3.0, 12_000.0],
        "the last column is the target"
    );
    assert_eq!(table.examples.y, [1000.0, 2500.5, 3000.0]);
    let notes: Vec<&str> = told.columns.iter().map(|column| column.note.as_str()).collect();
    let read = ["", "\"1.234,50\" is read as 1234.5", "\"1\u{202f}000\" is read as 1000"];
    assert_eq!((notes, told.separator), (read.to_vec(), ';'));
    let said = refusal("a,y\n1,2\n1e31,3\n-1e400,4\n2,5\n", &[]);
    let want = "line 3, column a: is \"1e31\", a number of more than 1e30; line 4, column a: is \
                \"-1e400\", a number of more than 1e30; in 2 rows";
    assert!(said.starts_with(want), "{said}");
    let odd: String = (0..20).map(|i| format!("\"1,{}\",{i}\n", 100 + i)).collect();
    let said = refusal(&format!("a,y\n\"12,34\",7\n{odd}"), &[("target", "y"), ("decimal", ".")]);
    let want = "column a: \"1,100\" looks like a number with thousands, \"12,34\" does not, so neither is read \
                as one; has more than 12 different words";
    assert!(said.starts_with(want), "{said}");
    assert!(refusal("sep=|\na|b\n1|2\n", &[]).starts_with("line 1: names '|'"));
    assert!(refusal("sep=;\na;b\n1;x\n;y\n2;x\n", &[]).starts_with("line 4, column a: is empty"));
}
