package dev.serai.memory.objects;

class SqliteDeletionRecordsTest extends DeletionRecordsContract {
  @Override
  String url() {
    return "sqlite";
  }
}
