package dev.serai.processors.prompts;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.Precondition;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.processors.management.Preconditions;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import org.apache.camel.Exchange;

/** A step about a label of a prompt, whose version is its ETag. Thread-safe, as all steps are. */
abstract class LabelStep extends OffLoop {
  private final ManagedPrompts prompts;

  LabelStep(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  /** The prompt after the step. Runs on a virtual thread. */
  abstract Prompt done(Prompt known, String label, InboundRequest request);

  @Override
  protected final void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    String label = ManagedPrompts.label(request);
    Prompt known = prompts.find(Calls.caller(exchange), request);
    exchange.getMessage().setBody(reply(done(known, label, request), label));
  }

  /** Makes a change if the label points to what the request expects. */
  final Prompt changed(Prompt known, String label, InboundRequest request, Change change) {
    Precondition expected = Preconditions.ofChange(request.headers());
    return prompts
        .store()
        .change(
            known.id(),
            former -> {
              Optional<Integer> version = Optional.ofNullable(former.labels().get(label));
              if (!expected.holds(version.map(Integer::longValue))) {
                throw PromptProblems.labelMoved(label, version);
              }
              return change.of(former);
            })
        .orElseThrow(() -> PromptProblems.notFound(known.name()));
  }

  /** Changes a prompt. */
  interface Change {
    Prompt of(Prompt former);
  }

  private static Reply reply(Prompt prompt, String label) {
    HeaderFields fields =
        new HeaderFields().add("content-type", "application/json").add("cache-control", "no-store");
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("object", "prompt.label")
            .member("prompt", prompt.name())
            .member("label", label);
    Optional<Integer> version = Optional.ofNullable(prompt.labels().get(label));
    version.ifPresent(number -> fields.add("etag", "\"" + number + "\""));
    if (version.isPresent()) {
      json.member("version", version.get());
    } else {
      json.member("deleted", true);
    }
    return new Reply.Complete(200, fields, json.endObject().bytes());
  }
}
