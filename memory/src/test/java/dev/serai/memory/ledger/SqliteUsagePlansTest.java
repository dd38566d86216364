package dev.serai.memory.ledger;

class SqliteUsagePlansTest extends UsagePlansContract {
  @Override
  String url() {
    return "sqlite";
  }

  @Override
  String explain() {
    return "EXPLAIN QUERY PLAN ";
  }

  @Override
  String boundedAttempts() {
    return "SEARCH usage_attempt USING PRIMARY KEY \\(request_id>\\? AND request_id<\\?\\)";
  }

  @Override
  String byClientId() {
    return "usage_attempt_client_request_id (client_request_id=?)";
  }
}
