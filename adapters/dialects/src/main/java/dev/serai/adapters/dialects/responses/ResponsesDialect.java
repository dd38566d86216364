package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.StreamReader;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/**
 * The second API of OpenAI and of some who follow it. A caller of the same dialect gets through
 * byte by byte: his request is spliced, the answer relayed. Callers of other dialects keep the
 * state of reasoning themselves, so that the provider is asked to keep nothing. What passes byte by
 * byte is unmarked: {@link StateMakers} knows whose it is. Thread-safe.
 */
public final class ResponsesDialect implements Dialect {
  /** The name; providers are configured as {@code openai} with a quirk. */
  public static final String NAME = "responses";

  private static final String PATH = "/responses";

  private final Dialect chat = new OpenAiDialect();
  private final StateMakers makers = new StateMakers();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    byte[] body;
    List<String> dropped;
    if (request instanceof ResponsesRequest own) {
      own.notes().begin(destination.provider().name());
      NativeRequest passed = new NativeRequest(own, destination, makers);
      body = passed.write();
      dropped = passed.dropped();
    } else {
      RequestRenderer renderer = new RequestRenderer(request, destination);
      body = renderer.write();
      dropped = renderer.dropped();
    }
    boolean streaming = request.streaming();
    return new ProviderRequest(
        "POST", PATH, OpenAiDialect.headers(destination, streaming), body, streaming, dropped);
  }

  @Override
  public ChatResponse readResponse(byte[] body, Destination destination) {
    return AnswerReader.read(body, destination);
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    AnswerWalk answer = AnswerWalk.of(body, destination);
    answer.made(makers, destination);
    return answer.usage();
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return chat.readError(status, headers, body, destination);
  }

  @Override
  public StreamReader streamReader(ChatRequest request, Destination destination, boolean relay) {
    return relay && request instanceof ResponsesRequest own
        ? new ResponseRelay(own.notes(), destination, makers)
        : new EventReader(destination);
  }
}
