package dev.serai.processors.admission;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.rate.RateReading;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Tells a caller with limits what is left of them, in header fields of every reply: the standard
 * ones, and those of the surface. The latter replace the fields of the provider, which describe
 * limits that the gateway's callers share, unless the caller has no limit of a minute or longer:
 * what is left of a second says less than the provider. Thread-safe.
 */
public final class ReportLimits implements Processor {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RateLimit limits;
  private final Surfaces surfaces;
  private final InstantSource clock;

  /**
   * @param surfaces for requests that did not become a call: the path tells the surface
   */
  public ReportLimits(RateLimit limits, Surfaces surfaces, InstantSource clock) {
    this.limits = limits;
    this.surfaces = surfaces;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    List<RateReading> left = limits.left(Calls.caller(exchange).identity());
    if (!left.isEmpty() && exchange.getMessage().getBody() instanceof Reply reply) {
      String path = exchange.getProperty(ExchangeProperties.PATH, "/", String.class);
      if (isApi(path)) {
        Surface surface =
            Calls.find(exchange).map(Call::surface).orElseGet(() -> surfaces.forPath(path));
        exchange.getMessage().setBody(with(reply, fields(reply, surface, left)));
      }
    }
  }

  /** Pages and health checks have nothing to do with limits. */
  private static boolean isApi(String path) {
    return path.startsWith("/v1") || path.startsWith("/api/");
  }

  private HeaderFields fields(Reply reply, Surface surface, List<RateReading> left) {
    HeaderFields fields = new HeaderFields();
    HeaderFields ofProvider = new HeaderFields();
    reply
        .headers()
        .forEach(
            (name, value) -> (ReplyFields.isLimit(name) ? ofProvider : fields).add(name, value));
    StandardFields.add(fields, left);
    if (ofProvider.size() == 0 || left.stream().anyMatch(ReportLimits::lasts)) {
      surface.addLimits(fields, left, clock.instant());
    } else {
      ofProvider.forEach(fields::add);
    }
    return fields;
  }

  private static boolean lasts(RateReading reading) {
    return reading.rule().window().length().compareTo(MINUTE) >= 0;
  }

  private static Reply with(Reply reply, HeaderFields fields) {
    return switch (reply) {
      case Reply.Complete(int status, var _, byte[] body) ->
          new Reply.Complete(status, fields, body);
      case Reply.Streaming(int status, var _, var stream) ->
          new Reply.Streaming(status, fields, stream);
      case Reply.Upgraded(var _, var socket) -> new Reply.Upgraded(fields, socket);
    };
  }
}
