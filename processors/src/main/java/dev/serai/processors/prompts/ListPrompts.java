package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.prompt.Prompt;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists the prompts of the caller's tenant, the newest first. Thread-safe. */
final class ListPrompts extends JsonStep {
  private final ManagedPrompts prompts;

  ListPrompts(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.Page<Prompt> page = Pages.read(request, caller, prompts.store()::list);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    page.items().forEach(one -> PromptJson.write(json, one));
    return json.endArray().member("has_more", page.more()).endObject().bytes();
  }
}
