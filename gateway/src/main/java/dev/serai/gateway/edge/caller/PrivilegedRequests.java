package dev.serai.gateway.edge.caller;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.gateway.edge.request.ClientAddress;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records requests to routes whose permission is to manage the gateway. Such a request is served
 * only after the audit log has it on the disk: then it cannot change anything unseen. That is
 * waited for on a virtual thread. Results and refusals are recorded in the background. Thread-safe.
 */
public final class PrivilegedRequests {
  private static final Logger LOG = LoggerFactory.getLogger(PrivilegedRequests.class);
  private static final int MAX_AT_ONCE = 64;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Optional<AuditLog> log;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /**
   * @param log empty if nothing is recorded
   */
  public PrivilegedRequests(Optional<AuditLog> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Whether requests to such a route are recorded. */
  public boolean include(Access access) {
    return log.isPresent()
        && access.permission().filter(p -> p.kind() == Permission.Kind.MANAGE).isPresent();
  }

  /**
   * Records that a request is about to be served.
   *
   * @param then receives the result on the channel's event loop: the problem of a request that
   *     could not be recorded and must not be served, or nothing
   */
  public void begin(
      AuditEvent.Action action,
      Identity identity,
      Channel channel,
      Consumer<Optional<GatewayProblem>> then) {
    if (!places.tryAcquire()) {
      then.accept(Optional.of(tooMany()));
      return;
    }
    AuditEvent event =
        new AuditEvent(AuditEvent.Kind.BEGUN, clock.instant(), identity, action, 0, "");
    Thread.ofVirtual()
        .name("audit-begin")
        .start(
            () -> {
              Optional<GatewayProblem> problem = append(event);
              channel.eventLoop().execute(() -> then.accept(problem));
            });
  }

  private Optional<GatewayProblem> append(AuditEvent event) {
    try {
      log.ifPresent(known -> known.append(event));
      return Optional.empty();
    } catch (GatewayProblem problem) {
      return Optional.of(problem);
    } catch (RuntimeException | Error e) { // whatever fails, the request must not wait for ever
      LOG.error("request {}: not recorded in the audit log", event.action().requestId(), e);
      return Optional.of(new InternalProblem(event.action().requestId()));
    } finally {
      places.release();
    }
  }

  private static GatewayProblem tooMany() {
    return new CapacityProblem(
        "backpressure", "Too many requests at once. Retry later.", RETRY_AFTER);
  }

  /** Records the result of a request that was served. */
  public void ended(AuditEvent.Action action, Identity identity, int status) {
    log.ifPresent(
        known ->
            known.appendLater(
                new AuditEvent(
                    AuditEvent.Kind.DONE, clock.instant(), identity, action, status, "")));
  }

  /** Records a request that was refused before it was served. */
  public void refused(AuditEvent.Action action, Identity identity, GatewayProblem problem) {
    log.ifPresent(
        known ->
            known.appendLater(
                new AuditEvent(
                    AuditEvent.Kind.REFUSED,
                    clock.instant(),
                    identity,
                    action,
                    problem.status(),
                    problem.code())));
  }

  /** A request as the audit log records it. */
  public static AuditEvent.Action action(RequestHead head, Access access, Channel channel) {
    return new AuditEvent.Action(
        head.id(),
        ClientAddress.of(channel),
        head.method(),
        head.path(),
        access.permission().map(Permission::label).orElse(""));
  }
}
