package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the versions of a prompt, the newest first. Thread-safe. */
final class ListPromptVersions extends JsonStep {
  private static final Set<String> NAMES = Set.of("limit", "after");
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 100;

  private final ManagedPrompts prompts;

  ListPromptVersions(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    int limit = QueryNumber.limit(Optional.ofNullable(query.get("limit")), PAGE, MAX_PAGE);
    int below =
        Optional.ofNullable(query.get("after"))
            .map(number -> (int) QueryNumber.read("after", number, Integer.MAX_VALUE))
            .orElse(Integer.MAX_VALUE);
    Prompt known = prompts.find(caller, request);
    List<PromptVersion> found = prompts.store().versions(known.id(), below, limit + 1);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    found.stream().limit(limit).forEach(one -> PromptJson.write(json, known, one));
    return json.endArray().member("has_more", found.size() > limit).endObject().bytes();
  }
}
