package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.Set;

/** Shows in which lines two versions of a prompt differ. Thread-safe. */
final class DiffPromptVersions extends JsonStep {
  private static final Set<String> NAMES = Set.of("from", "to");

  private final ManagedPrompts prompts;
  private final PromptRequests requests;

  DiffPromptVersions(ManagedPrompts prompts, PromptRequests requests, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
    this.requests = requests;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    Prompt known = prompts.find(caller, request);
    PromptVersion from = version(known, query, "from");
    PromptVersion to = version(known, query, "to");
    return new JsonWriter()
        .beginObject()
        .member("object", "prompt.diff")
        .member("prompt", known.name())
        .member("from", from.number())
        .member("to", to.number())
        .member("diff", LineDiff.of(requests.lines(from.content()), requests.lines(to.content())))
        .endObject()
        .bytes();
  }

  private PromptVersion version(Prompt known, Map<String, String> query, String name) {
    String named = query.get(name);
    if (named == null) {
      throw CallerProblem.invalid(name, "The query needs '" + name + "': a number or a label.");
    }
    return prompts.version(known, named);
  }
}
