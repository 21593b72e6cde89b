mod grammar;
mod matching;
mod subject;
