package dev.serai.memory.sessions;

class SqlitePackedMessagesTest extends PackedMessagesContract {
  @Override
  String url() {
    return "sqlite";
  }
}
