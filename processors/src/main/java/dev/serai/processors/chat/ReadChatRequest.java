package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.prompts.PromptExpansion;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call, which
 * may take part in an experiment, unless the gateway itself makes it. A request for an alias that
 * has parameters, or whose variant leads to one, gets those that it does not set. A stored prompt
 * that a request names is put into it first. A long request, and one with a prompt, is read off the
 * event loop. Thread-safe.
 */
public final class ReadChatRequest extends OffLoop {
  private final Surfaces surfaces;
  private final Ticker ticker;
  private final Function<String, DefaultParameters> defaults;
  private final AssignVariant variants;
  private final PromptExpansion prompts;
  private final Expanding expanding;

  /**
   * @param defaults the parameters of an alias for requests that do not set them
   * @param variants assigns calls to the variants of experiments
   * @param prompts puts stored prompts into the requests that name them
   */
  public ReadChatRequest(
      Surfaces surfaces,
      Ticker ticker,
      Function<String, DefaultParameters> defaults,
      AssignVariant variants,
      PromptExpansion prompts,
      EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    expanding = new Expanding(loops);
    this.prompts = prompts;
    this.variants = variants;
    this.defaults = defaults;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return isShort(Calls.body(exchange, InboundRequest.class).body().length);
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Surface surface = surfaces.forPath(inbound.path());
    try {
      Call call = begin(exchange, surface, inbound, inbound);
      Optional<PromptReference> persona = prompts.ofModel(call.plannedModel());
      if (persona.isPresent()) {
        exchange.setProperty(ExchangeProperties.NAMED_PROMPT, persona.get());
      } else {
        complete(call, exchange, surface, inbound);
      }
    } catch (NamedPrompt named) {
      exchange.setProperty(ExchangeProperties.NAMED_PROMPT, prompts.wanted(named));
    }
  }

  @Override
  protected boolean proceed(Exchange exchange, AsyncCallback callback) {
    return exchange.getProperty(ExchangeProperties.NAMED_PROMPT) == null
        || expanding.begin(exchange, callback);
  }

  /** Puts a prompt into a request, which may be long with it however short it is without. */
  private final class Expanding extends OffLoop {
    private Expanding(EventLoops loops) {
      super(loops, BOUNDED_BY_MEMORY);
    }

    @Override
    protected void work(Exchange exchange) {
      PromptReference named =
          exchange.getProperty(ExchangeProperties.NAMED_PROMPT, PromptReference.class);
      exchange.removeProperty(ExchangeProperties.NAMED_PROMPT);
      InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
      readWith(named, exchange, surfaces.forPath(inbound.path()), inbound);
    }
  }

  private void readWith(
      PromptReference named, Exchange exchange, Surface surface, InboundRequest inbound) {
    PromptExpansion.Expanded made = prompts.expand(named, Calls.caller(exchange), inbound, surface);
    boolean kept = false;
    try {
      Call call = begin(exchange, surface, made.request(), made.request());
      Optional<PromptReference> variant = prompts.ofVariant(named, call.plannedModel());
      if (variant.isPresent()) {
        made.hold().release();
        readWith(variant.get(), exchange, surface, inbound);
        return;
      }
      complete(call, exchange, surface, made.request());
      PromptExpansion.record(made, Calls.of(exchange));
      Calls.of(exchange).hold(made.hold());
      kept = true;
    } catch (NamedPrompt empty) { // the prompt has none of the messages that the request lacks
      throw empty.without().orElseThrow(() -> empty);
    } finally {
      if (!kept) {
        made.hold().release();
      }
    }
  }

  private void complete(Call call, Exchange exchange, Surface surface, InboundRequest inbound) {
    DefaultParameters missing = defaults.apply(call.plannedModel());
    if (missing.equals(DefaultParameters.NONE) || call.request().isTokenCount()) {
      return;
    }
    byte[] body = surface.withDefaults(inbound.body(), missing);
    if (body != inbound.body()) {
      begin(exchange, surface, inbound.with(body), inbound);
    }
  }

  private Call begin(
      Exchange exchange, Surface surface, InboundRequest complete, InboundRequest inbound) {
    Call call = Calls.begin(exchange, surface.readRequest(complete), surface, ticker);
    if (!exchange.getProperty(ExchangeProperties.INTERNAL, false, Boolean.class)) {
      variants.assign(call, inbound);
    }
    return call;
  }
}
