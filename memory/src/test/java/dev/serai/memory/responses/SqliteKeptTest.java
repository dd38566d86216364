package dev.serai.memory.responses;

class SqliteKeptTest extends KeptContract {
  @Override
  String url() {
    return "sqlite";
  }
}
