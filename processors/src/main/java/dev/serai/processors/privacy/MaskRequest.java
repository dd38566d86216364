package dev.serai.processors.privacy;

import dev.serai.core.call.Call;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.RequestMask;
import dev.serai.core.privacy.UnmaskedRequest;
import dev.serai.core.privacy.policy.PrivacyAction;
import dev.serai.core.privacy.policy.PrivacyPolicy;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a request for personal data as its provider would receive it, and reports it, replaces
 * it by placeholders or refuses the request, as the policy of the caller's tenant says. Without a
 * policy there is nothing to do. Fails closed: what cannot be searched is not sent. A large body is
 * searched off the event loop. Values are neither logged nor counted. Thread-safe.
 */
public final class MaskRequest extends AsyncStep {
  private static final Logger LOG = LoggerFactory.getLogger(MaskRequest.class);

  /** A body of at most this length is searched on the event loop. */
  private static final int MAX_ON_LOOP = 64 * 1024;

  private final PrivacyRules rules;
  private final JsonTexts texts;
  private final Counter counter;
  private final OffLoop large;

  /** Counts what was found. */
  @FunctionalInterface
  public interface Counter {
    void add(PiiKind kind, PrivacyAction action, int values);
  }

  public MaskRequest(PrivacyRules rules, JsonTexts texts, EventLoops loops, Counter counter) {
    this.rules = rules;
    this.texts = texts;
    this.counter = counter;
    large =
        new OffLoop(loops) {
          @Override
          protected void work(Exchange exchange) {
            mask(exchange);
          }
        };
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    if (exchange.getMessage().getBody() instanceof UnmaskedRequest unmasked) {
      if (unmasked.request().body().length > MAX_ON_LOOP) {
        return large.begin(exchange, callback);
      }
      mask(exchange);
    }
    return true;
  }

  private void mask(Exchange exchange) {
    ProviderRequest request = Calls.body(exchange, UnmaskedRequest.class).request();
    Call call = Calls.of(exchange);
    PrivacyPolicy policy = rules.of(call);
    boolean strict =
        policy.action() == PrivacyAction.MASK || policy.action() == PrivacyAction.BLOCK;
    if (strict && hasContent(request) && !isSearchable(request)) {
      throw notSearchable();
    }
    boolean searched = policy.isOn() && isSearchable(request);
    exchange.getMessage().setBody(searched ? applied(policy, request, call) : request);
  }

  private static boolean hasContent(ProviderRequest request) {
    return request.upload().isPresent() || request.webSocket() || request.body().length > 0;
  }

  private static boolean isSearchable(ProviderRequest request) {
    byte[] body = request.body();
    int at = 0;
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    return at < body.length && (body[at] == '{' || body[at] == '[');
  }

  private ProviderRequest applied(PrivacyPolicy policy, ProviderRequest request, Call call) {
    RequestMask mask = new RequestMask(policy.detector(), texts, request.body());
    boolean first = call.placeholders().isEmpty();
    Placeholders placeholders = call.placeholders().orElseGet(Placeholders::new);
    call.setPlaceholders(placeholders);
    if (mask.counts().isEmpty()) {
      return request;
    }
    if (first) {
      note(call, policy.action(), mask.counts());
    }
    return switch (policy.action()) {
      case OFF, REPORT -> request;
      case MASK -> {
        requireTranslatable(call);
        yield request.withBody(mask.masked(placeholders));
      }
      case BLOCK -> throw blocked(mask.counts());
    };
  }

  /** Values can be restored only in a reply that is translated, which needs the conversation. */
  private static void requireTranslatable(Call call) {
    if (call.request() instanceof ChatRequest chat) {
      try {
        chat.conversation();
      } catch (CallerProblem unreadable) {
        throw notRestorable(unreadable);
      }
    }
  }

  private static CallerProblem notRestorable(CallerProblem unreadable) {
    return new CallerProblem(
        400,
        "personal_data",
        "The request has personal data, which is masked, and it could not be restored in the reply:"
            + " "
            + unreadable.message(),
        unreadable.param());
  }

  private void note(Call call, PrivacyAction action, Map<PiiKind, Integer> counts) {
    counts.forEach((kind, values) -> counter.add(kind, action, values));
    if (action == PrivacyAction.REPORT) {
      LOG.info(
          "request {} of tenant {} has personal data: {}",
          call.requestId(),
          call.caller().tenant(),
          described(counts));
    }
  }

  private static CallerProblem blocked(Map<PiiKind, Integer> counts) {
    return new CallerProblem(
        400,
        "personal_data",
        "The request has personal data that may not be sent to a provider: "
            + described(counts)
            + ". Remove it and send the request again.",
        Optional.empty());
  }

  private static CallerProblem notSearchable() {
    return new CallerProblem(
        400,
        "personal_data_not_searchable",
        "Personal data may not be sent to a provider, and uploads and realtime sessions cannot be"
            + " searched for it. Send text in a JSON request.",
        Optional.empty());
  }

  private static String described(Map<PiiKind, Integer> counts) {
    return counts.entrySet().stream()
        .map(found -> found.getKey().label() + " (" + found.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
