package dev.serai.memory.kept;

class SqliteKeptTest extends KeptContract {
  @Override
  String url() {
    return "sqlite";
  }
}
