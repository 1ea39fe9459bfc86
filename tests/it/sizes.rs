//! Every place on every size of screen.

use std::time::Duration;

use crate::assert_screen;
use crate::navigation::PLACES;
use crate::support::{Harness, shop};

const SIZES: [(u16, u16); 11] =
    [(200, 60), (130, 34), (120, 30), (80, 24), (60, 15), (40, 10), (20, 5), (19, 4), (1, 1), (1, 200), (200, 1)];

#[tokio::test]
async fn every_place_shows_something_on_every_size() {
    let (_, server) = shop().await;
    for (name, keys) in PLACES {
        let mut app = Harness::new(&server).await;
        app.keys(keys).later(Duration::from_secs(1)).idle().await;
        for (width, height) in SIZES {
            app.resize(width, height);
            assert!(!app.screen().trim().is_empty(), "{name} at {width}x{height} shows nothing");
            if width < 20 || height < 5 {
                let text = "terminal too small (20x5)";
                assert_eq!(
                    app.screen().trim(),
                    text[..usize::from(width).min(text.len())].trim(),
                    "{name} at {width}x{height}"
                );
            }
        }
        // What was there is there again.
        app.resize(100, 30);
        assert!(app.screen().lines().count() >= 29, "{name}");
    }
}

#[tokio::test]
async fn a_place_is_opened_on_any_size() {
    let (_, server) = shop().await;
    for (_, keys) in PLACES {
        for (width, height) in [(40, 10), (20, 5), (19, 4), (1, 1)] {
            let mut app = Harness::new(&server).await;
            app.resize(width, height).keys(keys).idle().await;
            app.keys("<down><down><pagedown><tab>");
        }
    }
}

#[tokio::test]
async fn the_main_places_on_a_small_and_on_a_tiny_screen() {
    let (_, server) = shop().await;
    for (name, keys) in PLACES {
        for (width, height) in [(80, 24), (40, 10)] {
            let mut app = Harness::new(&server).await;
            app.resize(width, height).rest().await;
            app.keys("/orders-api<enter>").keys(keys).later(Duration::from_secs(5)).idle().await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(format!("{name}_{width}x{height}").replace(' ', "_"), app.styled());
            }
        }
    }
    let mut app = Harness::new(&server).await;
    app.resize(40, 10);
    assert_screen!(app);
}

#[tokio::test]
async fn on_the_smallest_screen_a_box_has_two_lines_and_the_cursor_in_one_of_them() {
    let (_, server) = shop().await;
    for (name, keys) in [
        ("help", ["?", ""]),
        ("form", ["4", "e"]),
        ("confirmation", ["4", "D"]),
        ("qualifier", ["i", "<ctrl-q><down><down>"]),
    ] {
        let mut app = Harness::new(&server).await;
        app.keys("/orders-api<enter>");
        for keys in keys {
            app.keys(keys).idle().await;
        }
        app.resize(20, 5).later(Duration::from_secs(6));
        insta::assert_snapshot!(format!("smallest_{name}"), app.styled());
    }
}
