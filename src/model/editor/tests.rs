use super::*;

fn typed(editor: &mut Editor, text: &str) {
    for c in text.chars() {
        editor.type_key(if c == '\n' { Typing::Newline } else { Typing::Insert(c) });
    }
}

fn go(editor: &mut Editor, ways: &[Way]) {
    for way in ways {
        editor.type_key(Typing::Go(*way, false));
    }
}

#[test]
fn words_are_taken_back_one_at_a_time() {
    let mut editor = Editor::default();
    typed(&mut editor, "one two");
    assert!(editor.undo());
    assert_eq!(editor.text(), "one");
    assert!(editor.redo() && !editor.redo());
    assert_eq!(editor.text(), "one two");
    editor.undo();
    typed(&mut editor, "x");
    assert!(!editor.redo());
    assert_eq!(editor.text(), "onex");
}

#[test]
fn a_paste_is_one_step_and_harmless() {
    let mut editor = Editor::new("[]".to_owned());
    go(&mut editor, &[Way::Right]);
    editor.paste("1,\r\n2\u{1b}[31m,\r3\u{0}");
    assert_eq!(editor.text(), "[1,\n2[31m,\n3]");
    editor.undo();
    assert_eq!(editor.text(), "[]");
}

#[test]
fn up_and_down_keep_to_the_column() {
    let mut editor = Editor::new("日本語\nab\n\nabcdef".to_owned());
    go(&mut editor, &[Way::End, Way::Up, Way::Up, Way::Up]);
    assert_eq!(editor.cursor(), (0, 6));
    go(&mut editor, &[Way::Down]);
    assert_eq!(editor.cursor(), (1, 2));
    go(&mut editor, &[Way::Down, Way::Down]);
    assert_eq!(editor.cursor(), (3, 6));
    go(&mut editor, &[Way::Down, Way::Up]);
    assert_eq!(editor.cursor().0, 2);
}

#[test]
fn a_new_line_begins_where_the_last_one_began() {
    let mut editor = Editor::new("  \"a\": 1".to_owned());
    go(&mut editor, &[Way::End]);
    typed(&mut editor, "\nx");
    assert_eq!(editor.text(), "  \"a\": 1\n  x");
    go(&mut editor, &[Way::LineStart]);
    assert_eq!(editor.cursor(), (1, 2));
    go(&mut editor, &[Way::LineStart]);
    assert_eq!(editor.cursor(), (1, 0));
}

#[test]
fn line_ends_of_others_stay() {
    let mut editor = Editor::new("{\r\n}\r\n".to_owned());
    go(&mut editor, &[Way::LineEnd]);
    typed(&mut editor, "x");
    assert_eq!(editor.text(), "{x\r\n}\r\n");
    go(&mut editor, &[Way::Right]);
    assert_eq!(editor.cursor(), (1, 0));
    editor.type_key(Typing::Delete(Way::Left));
    assert_eq!(editor.text(), "{x}\r\n");
}

#[test]
fn what_is_selected_is_replaced() {
    let mut editor = Editor::new("one two".to_owned());
    editor.type_key(Typing::Go(Way::WordRight, true));
    assert_eq!(editor.selection(), Some(0..3));
    assert_eq!(editor.selected_in(0), Some(0..3));
    typed(&mut editor, "1");
    assert_eq!(editor.text(), "1 two");
    editor.type_key(Typing::SelectAll);
    editor.type_key(Typing::Delete(Way::Left));
    assert_eq!(editor.text(), "");
    editor.undo();
    assert_eq!(editor.text(), "1 two");
}

#[test]
fn words_are_found_round_the_end() {
    let mut editor = Editor::new("abc Abc abc".to_owned());
    let mut next = |words: &str, forward| editor.find(words, forward, false).then(|| editor.selection().unwrap().start);
    assert_eq!(next("abc", true), Some(4));
    assert_eq!(next("Abc", true), Some(4));
    assert_eq!(next("abc", true), Some(8));
    assert_eq!(next("abc", true), Some(0));
    assert_eq!(next("abc", false), Some(8));
    assert_eq!(next("abd", true), None);
    assert_eq!(next("", true), None);
}

#[test]
fn the_cursor_is_always_on_the_screen() {
    let mut editor = Editor::new(format!("{}\n", "x".repeat(300)).repeat(100));
    for way in [Way::End, Way::Up, Way::LineEnd, Way::Start, Way::PageDown, Way::PageDown, Way::LineEnd] {
        go(&mut editor, &[way]);
        editor.see(10, 40);
        let ((line, column), (top, left)) = (editor.cursor(), editor.offset());
        assert!((top..top + 10).contains(&line) && (left..left + 40).contains(&column), "{way:?}");
    }
    assert_eq!(editor.cursor().0, 20);
}

proptest::proptest! {
    #[test]
    fn undo_leads_back_to_the_beginning_and_redo_to_the_end(
        keys in proptest::collection::vec((0_u8..24, proptest::bool::ANY), 0..60),
    ) {
        const WAYS: [Way; 12] = [
            Way::Left, Way::Right, Way::WordLeft, Way::WordRight, Way::Up, Way::Down, Way::PageUp, Way::PageDown,
            Way::LineStart, Way::LineEnd, Way::Start, Way::End,
        ];
        let start = "{\n  \"日\": \"é\u{301}\",\r\n}";
        let mut editor = Editor::new(start.to_owned());
        for (key, selects) in keys {
            let way = WAYS[usize::from(key) % 12];
            match key {
                0..12 => editor.type_key(Typing::Go(way, selects)),
                12..17 => editor.type_key(Typing::Delete(way)),
                17..20 => editor.type_key(Typing::Insert('日')),
                20 => editor.type_key(Typing::Newline),
                21 => editor.paste("a\nb"),
                22 => drop(editor.undo()),
                _ => drop(editor.redo()),
            }
            editor.see(3, 5);
        }
        while editor.redo() {}
        let last = editor.text().to_owned();
        while editor.undo() {}
        proptest::prop_assert_eq!(editor.text(), start);
        while editor.redo() {}
        proptest::prop_assert_eq!(editor.text(), last);
    }
}

#[test]
fn what_is_selected_is_cut_and_a_paste_takes_its_place() {
    let mut editor = Editor::new("one two three".to_owned());
    editor.type_key(Typing::Go(Way::WordRight, true));
    assert_eq!((editor.cut().as_str(), editor.text()), ("one", " two three"));
    assert_eq!((editor.cut().as_str(), editor.selected()), ("", ""));
    editor.type_key(Typing::SelectAll);
    assert_eq!(editor.selected(), " two three");
    editor.paste("4");
    assert_eq!(editor.text(), "4");
    assert!(editor.undo() && editor.undo());
    assert_eq!(editor.text(), "one two three");
}

#[test]
fn the_mouse_points_into_what_is_shown_and_beyond() {
    let mut editor = Editor::new("ab\n日本\nend".to_owned());
    editor.see(2, 10);
    editor.point(1, 3, false);
    assert_eq!(editor.cursor(), (1, 2), "the right half of a wide sign is the sign");
    editor.point(9, 0, true);
    assert_eq!(editor.selected(), "本\nend");
    editor.point(-9, -9, true);
    assert_eq!(editor.selected(), "ab\n日");
    editor.point(0, 99, false);
    assert_eq!((editor.cursor(), editor.selected()), ((0, 2), ""));
}

#[test]
fn the_wheel_moves_the_view_until_the_cursor_moves() {
    let mut editor = Editor::new("line\n".repeat(50));
    editor.see(10, 10);
    editor.turn(6);
    editor.see(10, 10);
    assert_eq!((editor.offset().0, editor.cursor().0), (6, 0));
    editor.turn(999);
    editor.see(10, 10);
    assert_eq!(editor.offset().0, 41);
    go(&mut editor, &[Way::Down]);
    editor.see(10, 10);
    assert_eq!((editor.offset().0, editor.cursor().0), (1, 1));
    editor.turn(-9);
    editor.see(10, 10);
    assert_eq!(editor.offset().0, 0);
}
