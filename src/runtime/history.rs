//! The runs of each function on disk: `history/<account>@<region>/<function>.jsonl` in the data folder, a run a line,
//! mode 0600 in folders of mode 0700.

use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::Flights;
use super::journal;
use super::ports::Ports;
use crate::model::console::{HistoryAsk, Past, Whose};
use crate::model::payloads::check_name;
use crate::model::{Msg, Ticket};

/// Does what was asked beside everything else; the answer comes as a message.
pub fn start(
    ask: HistoryAsk,
    ticket: Ticket,
    ports: &Ports,
    inbox: &mpsc::UnboundedSender<Arrival>,
    flights: &Flights,
) {
    let (data, inbox) = (ports.data.clone(), inbox.clone());
    flights.work(move || {
        let answer = perform(&ask, data.as_deref());
        let _ = inbox.send(Msg::History { ticket, answer }.into());
    });
}

/// Does what was asked, at once: nobody is left to hear what came of it.
pub fn settle(ask: &HistoryAsk, ports: &Ports) {
    if let Err(why) = perform(ask, ports.data.as_deref()) {
        tracing::warn!(%why, "the history at the end");
    }
}

/// Does what was asked. Blocks. Without a folder there is no history.
fn perform(ask: &HistoryAsk, data: Option<&Path>) -> Result<Past, String> {
    let (HistoryAsk::Read(whose) | HistoryAsk::Keep(whose, _)) = ask;
    let Some(data) = data else { return Ok(Past::default()) };
    let path = place(data, whose)?;
    match ask {
        HistoryAsk::Read(_) => journal::read(&path)
            .map(|found| Past { records: found.records, skipped: found.skipped })
            .map_err(|error| format!("the history in {} cannot be read: {error}", path.display())),
        HistoryAsk::Keep(_, record) => journal::keep(&path, &**record)
            .map(|()| Past::default())
            .map_err(|error| format!("the run was not kept in {}: {error}", path.display())),
    }
}

/// Where the history of a function is. What stands in its ARN has letters, digits, `-` and `_` only; anything else is
/// no file name.
fn place(data: &Path, whose: &Whose) -> Result<PathBuf, String> {
    let no_name = || format!("{} cannot name a file for its history", whose.arn);
    let parts: Vec<&str> = whose.arn.split(':').collect();
    let [_, _, _, region, account, _, function] = parts.as_slice() else { return Err(no_name()) };
    if [region, account, function].iter().any(|name| check_name(name).is_err()) {
        return Err(no_name());
    }
    let session = journal::session(account, region, whose.endpoint.as_deref());
    Ok(data.join("history").join(session).join(format!("{function}.jsonl")))
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::{Seek as _, SeekFrom, Write as _};

    use super::super::journal::{BYTES, RECORDS_LEFT};
    use super::*;
    use crate::aws::Text;
    use crate::model::console::Record;

    const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

    fn whose() -> Whose {
        Whose { arn: Text::known(ARN), endpoint: None }
    }

    fn record(payload: &str) -> Record {
        let told = serde_json::json!({
            "at": "2026-11-21T12:00:00Z", "qualifier": null, "version": null, "kind": "RequestResponse",
            "ending": {"succeeded": 200}, "took": 12, "sent": payload.len(), "received": 2, "request_id": "r-1",
            "tail": true, "tenant": null, "execution": null, "patience": 13, "client_context": null,
            "payload": {"text": payload}, "response": {"text": "{}"}, "chunks": null, "log": null, "report": null,
        });
        serde_json::from_value(told).unwrap()
    }

    fn file(data: &Path) -> PathBuf {
        place(data, &whose()).unwrap()
    }

    fn add(data: &Path, payload: &str) {
        perform(&HistoryAsk::Keep(whose(), Box::new(record(payload))), Some(data)).unwrap();
    }

    fn past(data: &Path) -> Past {
        perform(&HistoryAsk::Read(whose()), Some(data)).unwrap()
    }

    #[test]
    fn lines_that_cannot_be_read_are_skipped_and_counted() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(past(data.path()).records.len(), 0);
        add(data.path(), "1");
        let half = std::fs::read(file(data.path())).unwrap();
        let mut damaged = half.clone();
        damaged.extend_from_slice(b"not json\n\xff\xfe\n");
        damaged.extend_from_slice(half.get(..40).unwrap());
        std::fs::write(file(data.path()), damaged).unwrap();
        add(data.path(), "2");
        let past = past(data.path());
        assert_eq!((past.records.len(), past.skipped), (2, 3));
        assert_eq!(past.records.last(), Some(&record("2")));
    }

    #[test]
    fn a_file_that_grows_keeps_its_newest_runs() {
        let data = tempfile::tempdir().unwrap();
        let large = "x".repeat(200_000);
        add(data.path(), "1");
        let grown = |payloads: &mut dyn Iterator<Item = String>| {
            let lines = payloads.map(|payload| serde_json::to_string(&record(&payload)).unwrap() + "\n");
            std::fs::write(file(data.path()), lines.collect::<String>()).unwrap();
            add(data.path(), "last");
            let past = past(data.path());
            assert_eq!(past.records.last(), Some(&record("last")));
            past.records.len()
        };
        assert_eq!(grown(&mut (0..45).map(|n| format!("{n}{large}"))), 20 + 1, "4 MB are left");
        assert_eq!(grown(&mut (0..600).map(|n| n.to_string())), RECORDS_LEFT + 1);
        assert_eq!(grown(&mut (0..300).map(|n| n.to_string())), 300 + 1);
    }

    #[test]
    fn of_a_file_that_is_not_ours_only_the_end_is_read() {
        let data = tempfile::tempdir().unwrap();
        add(data.path(), "1");
        let line = std::fs::read(file(data.path())).unwrap();
        let mut huge = OpenOptions::new().write(true).open(file(data.path())).unwrap();
        huge.set_len(1024 * 1024 * 1024).unwrap();
        huge.seek(SeekFrom::End(0)).unwrap();
        huge.write_all(b"\n").unwrap();
        huge.write_all(&line).unwrap();
        let found = past(data.path());
        assert_eq!(found.records, [record("1")]);
        add(data.path(), "2");
        assert!(std::fs::metadata(file(data.path())).unwrap().len() < BYTES);
        assert_eq!(past(data.path()).records, [record("1"), record("2")]);
    }

    #[test]
    fn every_account_region_and_endpoint_has_files_of_its_own() {
        let data = Path::new("d");
        let path = |arn: &'static str, endpoint: Option<&'static str>| {
            place(data, &Whose { arn: Text::known(arn), endpoint: endpoint.map(Text::known) })
        };
        assert_eq!(path(ARN, None).unwrap(), Path::new("d/history/123456789012@eu-west-1/orders-api.jsonl"));
        let local = path(ARN, Some("http://localhost:4566/")).unwrap();
        assert_eq!(local, Path::new("d/history/123456789012@eu-west-1@http___localhost_4566_/orders-api.jsonl"));
        assert!(path("arn:aws:lambda:eu-west-1:1:function:../x", None).is_err());
        assert!(path("orders-api", None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_person_can_read_it_and_a_link_is_not_followed() {
        use std::os::unix::fs::PermissionsExt as _;
        let data = tempfile::tempdir().unwrap();
        add(data.path(), "1");
        let path = file(data.path());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        add(data.path(), "2");
        assert_eq!(mode(&path), 0o600);
        let other = data.path().join("other");
        std::fs::rename(&path, &other).unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        let before = std::fs::read(&other).unwrap();
        let refused = perform(&HistoryAsk::Keep(whose(), Box::new(record("3"))), Some(data.path())).unwrap_err();
        assert!(refused.contains("a link to another file"), "{refused}");
        assert_eq!(std::fs::read(&other).unwrap(), before);
    }

    #[test]
    fn several_may_write_at_once() {
        let data = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let data = data.path();
                scope.spawn(move || (0..25).for_each(|n| add(data, &format!("{writer}-{n}"))));
            }
        });
        let past = past(data.path());
        assert_eq!((past.records.len(), past.skipped), (200, 0));
    }
}
