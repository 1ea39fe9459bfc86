//! What lies inside of bytes: what came packed, and the body of an answer for HTTP.

use std::sync::Arc;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::gzip::{self, Missing};
use super::{Body, View, json};
use crate::model::json_path::Step;
use crate::panes;

/// The most bytes that are unpacked of what came packed: few bytes can hold very many.
const UNPACKED: usize = 16 * 1024 * 1024;

/// Both alphabets that AWS and libraries use, with or without padding.
pub(super) const ENGINES: [GeneralPurpose; 2] = [engine(&alphabet::STANDARD), engine(&alphabet::URL_SAFE)];

const fn engine(alphabet: &alphabet::Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

impl Body {
    /// What came packed is looked at as what it was; the packed bytes stay in the last views. What was packed twice is
    /// unpacked once: there are files that unpack to themselves.
    pub(super) fn unpack(&mut self) {
        let Some(unpacked) = gzip::unpack(&self.bytes, UNPACKED) else { return };
        let size = |size: usize| panes::bytes(i64::try_from(size).unwrap_or(i64::MAX));
        self.unpacked = unpacked.bytes.len();
        let inside = Self::as_it_is(Arc::new(unpacked.bytes));
        let what = format!("unpacked: {}, {}", inside.what, size(self.unpacked));
        self.remarks.push(match unpacked.missing {
            Missing::Nothing => what,
            Missing::More => format!("unpacked: only the first {} of it", size(UNPACKED)),
            Missing::Broken => format!("{what}; then it breaks off or is damaged"),
        });
        self.remarks.extend(inside.remarks.into_iter().map(|remark| format!("unpacked: {remark}")));
        let views = inside.views.into_iter().map(|(name, view)| (format!("unpacked {name}"), view));
        self.views.splice(0..0, views);
    }

    /// An answer for API Gateway, a load balancer or a function URL carries another body in a string.
    pub(super) fn look_inside(&mut self) {
        let Some((_, View::Tree(view))) = self.views.first() else { return };
        let member = |name: &str| view.tree().value_at(&[Step::Key(name.to_owned())]);
        if member("statusCode").is_none() && member("isBase64Encoded").is_none() {
            return;
        }
        let Some(inner) = member("body").filter(|value| value.starts_with('"')).map(json::unquoted) else { return };
        if inner.is_empty() {
            return;
        }
        let bytes = if member("isBase64Encoded") == Some("true") {
            let packed: String = inner.split_ascii_whitespace().collect();
            let Some(bytes) = ENGINES.iter().find_map(|engine| engine.decode(&packed).ok()) else {
                self.remarks.push("isBase64Encoded is true, but the body is not base64".to_owned());
                return;
            };
            bytes
        } else {
            inner.into_bytes()
        };
        let inside = Self::plain(Arc::new(bytes));
        self.unpacked = inside.held();
        self.remarks.push(format!("its body: {}, {} bytes", inside.what, inside.bytes.len()));
        self.remarks.extend(inside.remarks.into_iter().map(|remark| format!("its body: {remark}")));
        self.views.extend(inside.views.into_iter().map(|(name, view)| (format!("body as {name}"), view)));
    }
}
