package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.prompt.template.ExpandedPrompt;
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
import org.apache.camel.Exchange;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call, which
 * may take part in an experiment, unless the gateway itself makes it. A request for an alias that
 * has parameters, or whose variant leads to one, gets those that it does not set. A stored prompt
 * that a request names is put into it first. A long request is read off the event loop.
 * Thread-safe.
 */
public final class ReadChatRequest extends OffLoop {
  private final Surfaces surfaces;
  private final Ticker ticker;
  private final Function<String, DefaultParameters> defaults;
  private final AssignVariant variants;
  private final PromptExpansion prompts;

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
        readWith(persona.get(), exchange, surface, inbound);
      } else {
        complete(call, exchange, surface, inbound);
      }
    } catch (NamedPrompt named) {
      readWith(named.reference(), exchange, surface, inbound);
    }
  }

  private void readWith(
      PromptReference named, Exchange exchange, Surface surface, InboundRequest inbound) {
    ExpandedPrompt prompt = prompts.find(named, Calls.caller(exchange));
    InboundRequest complete = PromptExpansion.with(prompt, inbound, surface);
    Call call = begin(exchange, surface, complete, complete);
    Optional<PromptReference> variant = prompts.ofVariant(named, call.plannedModel());
    if (variant.isPresent()) {
      readWith(variant.get(), exchange, surface, inbound);
      return;
    }
    complete(call, exchange, surface, complete);
    PromptExpansion.record(prompt, Calls.of(exchange));
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
