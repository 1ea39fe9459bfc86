//! Lists that come in pages: one loop for all of them.

use super::marker::Marker;
use super::problem::Problem;
use super::text::Text;

/// One page as AWS answers it.
pub(super) struct Page<T> {
    /// What is on it.
    pub things: Vec<T>,
    /// Where the next one begins, in AWS's words.
    pub next: Option<String>,
}

/// Asks for page after page until the list ends, and hands on each as it comes, with whether more will follow.
/// `ask` gets the marker of the page to read; `rows` is what the problem calls what came before it.
///
/// # Errors
/// That of the page that failed. The pages that came before stand, and the problem says that they are not all.
pub(super) async fn each<T, Answer>(
    rows: &'static str,
    ask: impl Fn(Option<String>) -> Answer,
    mut on_page: impl FnMut(Vec<T>, bool) + Send,
) -> Result<(), Problem>
where
    Answer: Future<Output = Result<Page<T>, Problem>>,
{
    from(None, rows, ask, |things, next| on_page(things, next.is_some())).await
}

/// The same from a page in the middle of the list, where an earlier try broke off; hands on with each page
/// where the next one begins, so that this try, if it breaks off too, can be taken up again.
///
/// # Errors
/// As [`each`].
pub(super) async fn from<T, Answer>(
    place: Option<Text>,
    rows: &'static str,
    ask: impl Fn(Option<String>) -> Answer,
    mut on_page: impl FnMut(Vec<T>, Option<Text>) + Send,
) -> Result<(), Problem>
where
    Answer: Future<Output = Result<Page<T>, Problem>>,
{
    let (mut marker, mut count) = (Marker::default(), 0);
    let mut start = marker.next(place.as_deref());
    loop {
        let page = ask(start).await.map_err(|problem| problem.after(count, rows))?;
        start = marker.next(page.next.as_deref());
        count += page.things.len();
        on_page(page.things, start.as_deref().map(Text::line));
        if start.is_none() {
            return Ok(());
        }
    }
}
