package dev.serai.processors.feedback;

import dev.serai.core.caller.Caller;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists feedback on calls of the caller's tenant, the newest first. Thread-safe. */
final class ListFeedback extends JsonStep {
  private final FeedbackStore store;

  ListFeedback(FeedbackStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.Page<FeedbackStore.Entry> page = Pages.read(request, caller, store::list);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    for (FeedbackStore.Entry entry : page.items()) {
      json.beginObject().member("id", Long.toString(entry.number()));
      FeedbackJson.write(json, entry.feedback());
      json.endObject();
    }
    return json.endArray().member("has_more", page.more()).endObject().bytes();
  }
}
