mod explain;
mod grammar;
mod matching;
mod naive;
mod subject;

pub(super) use subject::Post;
