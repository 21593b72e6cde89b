//! Service requests, from JSON or XML.
//!
//! What enters: a whole answer. What leaves: an item for each request, or why there is none. Servers write numbers as texts and
//! texts as numbers, and leave out what they like; only the text is needed.

use chrono_tz::Tz;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use super::super::fresh::Look;
use super::super::mapping::Dates;
use super::super::{BadCause, Cause, Receipt, SourceError};
use crate::mention::{Media, RawItem};

/// More than one answer holds is the fault of the server.
const MOST: usize = 10_000;
/// The network of requests where the configuration names none.
const NETWORK: &str = "open311";

/// Reads an answer.
pub(super) fn read(body: &[u8], url: &str, receipt: &Receipt<'_>, zone: Tz) -> Result<Look, SourceError> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let requests = if text.starts_with('<') { of_xml(text) } else { of_json(text) };
    let bad = |error| SourceError::retryable(Cause::BadAnswer { url: url.to_owned(), error });
    let dates = Dates::new(Vec::new(), zone, None);
    let mut look = Look::default();
    for (index, request) in requests.map_err(bad)?.into_iter().take(MOST).enumerate() {
        match item(&request, receipt, &dates) {
            Some(item) => look.items.push(item),
            None => look.bad.push((name(&request, index), BadCause::NoText, request.to_string())),
        }
    }
    Ok(look)
}

fn of_json(text: &str) -> Result<Vec<Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Array(requests)) => Ok(requests),
        // Some wrap the list in an object of one field.
        Ok(Value::Object(fields)) => {
            let list = fields.into_iter().find_map(|(_, value)| match value {
                Value::Array(requests) => Some(requests),
                _ => None,
            });
            list.ok_or_else(|| "no list of requests".to_owned())
        }
        Ok(_) => Err("no list of requests".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// `<service_requests><request><service_request_id>…`: each element of the second level is a request, each of the third one
/// of its fields.
fn of_xml(text: &str) -> Result<Vec<Value>, String> {
    let mut reader = Reader::from_str(text);
    let (mut requests, mut fields, mut field) = (Vec::new(), Map::new(), String::new());
    let (mut depth, mut value) = (0_usize, String::new());
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) => {
                depth += 1;
                if depth == 3 {
                    element.local_name().as_ref().clone_into(&mut field);
                    value.clear();
                }
            }
            Event::End(_) => {
                match depth {
                    3 => drop(fields.insert(std::mem::take(&mut field), value.trim().into())),
                    2 => requests.push(Value::Object(std::mem::take(&mut fields))),
                    _ => {}
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if depth >= 3 => value.push_str(&text),
            Event::CData(text) if depth >= 3 => value.push_str(&text),
            Event::GeneralRef(name) if depth >= 3 => match name.resolve_char_ref() {
                Ok(Some(letter)) => value.push(letter),
                _ => value.push_str(resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::Eof if depth == 0 => return Ok(requests),
            Event::Eof => return Err("the document is not finished".to_owned()),
            _ => {}
        }
    }
}

/// The item of a request; `None` when there is no word in it.
fn item(request: &Value, receipt: &Receipt<'_>, dates: &Dates) -> Option<RawItem> {
    let get = |name: &str| text(request.get(name)?);
    let said = ["service_name", "description", "address"].iter().filter_map(|name| get(name));
    // A category or a street alone is nothing that was said, but it is all that many residents send.
    let mut parts: Vec<String> = Vec::new();
    said.for_each(|part| {
        if !parts.contains(&part) {
            parts.push(part);
        }
    });
    if parts.is_empty() {
        return None;
    }
    let mut item = RawItem::new(receipt.source.clone(), parts.join("\n\n"), receipt.now);
    item.native_id = get("service_request_id").or_else(|| get("token"));
    item.network = Some(receipt.network.map_or(NETWORK, |network| network.token()).to_owned());
    item.posted_at = get("requested_datetime").and_then(|at| dates.read(&at));
    let media = |url: String| Media { kind: Some("image".to_owned()), alt: None, url: Some(url) };
    item.media = get("media_url").map(media).into_iter().collect();
    item.raw = Some(request.to_string());
    Some(item)
}

fn name(request: &Value, index: usize) -> String {
    request.get("service_request_id").and_then(text).unwrap_or_else(|| (index + 1).to_string())
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text != "null").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Id;

    const JSON: &str = include_str!("../../../tests/fixtures/open311/requests.json");
    const XML: &str = include_str!("../../../tests/fixtures/open311/requests.xml");

    fn look(text: &str) -> Result<Look, SourceError> {
        let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
        let source = Id::from("city");
        read(
            text.as_bytes(),
            "https://city.example/",
            &Receipt { source: &source, network: None, now },
            chrono_tz::America::Vancouver,
        )
    }

    #[test]
    fn json_and_xml_say_the_same() {
        let (json, xml) = (look(JSON).expect("it reads"), look(XML).expect("it reads"));
        let told = |look: &Look| {
            let each = |item: &RawItem| (item.native_id.clone(), item.text.clone(), item.posted_at, item.media.clone());
            look.items.iter().map(each).collect::<Vec<_>>()
        };
        assert_eq!(told(&json), told(&xml));
        assert_eq!((json.items.len(), json.bad.len(), xml.bad.len()), (3, 1, 1));
        let first = &json.items[0];
        assert_eq!(first.text, "Brown water\n\nIt came out of the tap <brown> & smells, since Monday\n\n12 Elm St");
        assert_eq!((first.native_id.as_deref(), first.network.as_deref()), (Some("638344"), Some("open311")));
        // A time without a zone is the town's.
        assert_eq!(json.items[1].posted_at, "2026-11-19T16:03:00Z".parse().ok());
        assert!(first.raw.as_ref().is_some_and(|raw| raw.contains("\"status\"")));
    }

    #[test]
    fn what_is_no_list_of_requests_is_told() {
        for text in ["", "hello", "{}", "3", "<service_requests><request>", "<a></b>"] {
            assert!(matches!(look(text), Err(SourceError { cause: Cause::BadAnswer { .. }, .. })), "{text}");
        }
        assert!(look("<service_requests/>").is_ok_and(|look| look.items.is_empty()));
        assert!(look("[]").is_ok_and(|look| look.items.is_empty()));
    }
}
