package dev.serai.memory.feedback;

class SqliteFeedbackTest extends FeedbackContract {
  @Override
  String url() {
    return "sqlite";
  }
}
