package dev.serai.processors.memory;

import dev.serai.core.call.CallTrace;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** A step that works with the memory objects of a tenant. Thread-safe, as all steps are. */
abstract class MemoryStep extends OffLoop {
  private static final String ROOT = "/v1/memory/";
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Set<String> LEVELS = Set.of("EVENTUAL", "STRONG", "RYW");

  /** What the values of a request and of a reply take while JSON is read or written. */
  private static final int COPIES = 3;

  private final Permission everywhere;
  private final ByteLimit bytes;

  /**
   * A request about the memory objects of a tenant.
   *
   * @param room what the step holds of the memory limit until its reply is written
   * @param trace records the spans of the request
   */
  record TenantRequest(String tenant, InboundRequest request, ByteHold room, CallTrace trace) {}

  /**
   * @param everywhere with this permission the caller may name any tenant
   * @param bytes the memory limit of the bytes that are held for clients
   */
  MemoryStep(Permission everywhere, ByteLimit bytes, EventLoops loops) {
    super(loops);
    this.bytes = bytes;
    this.everywhere = everywhere;
  }

  /** The reply. Runs on a virtual thread. */
  abstract Reply reply(TenantRequest asked);

  /**
   * Takes room for values of that many bytes, with their copies.
   *
   * @throws CapacityProblem 503 if the memory limit has no room
   */
  static void take(ByteHold room, long bytes) {
    if (!room.resize(COPIES * bytes)) {
      throw ByteLimit.exhausted();
    }
  }

  @Override
  protected final void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    level(request);
    String tenant = tenant(Calls.caller(exchange), request);
    CallTrace trace =
        exchange.getProperty(ExchangeProperties.TRACE, CallTrace.NONE, CallTrace.class);
    ByteHold room = bytes.hold();
    try {
      take(room, request.body().length);
      exchange.getMessage().setBody(reply(new TenantRequest(tenant, request, room, trace)));
    } finally {
      room.release();
    }
  }

  /**
   * The consistency that the request asks for. A read of the store sees what was stored before it,
   * so each level has what it promises there.
   *
   * @throws CallerProblem 400 if it is none
   */
  static String level(InboundRequest request) {
    String level = request.headers().first("x-consistency-level").orElse("RYW");
    if (!LEVELS.contains(level)) {
      throw CallerProblem.invalid(
          "x-consistency-level", "x-consistency-level must be EVENTUAL, RYW or STRONG.");
    }
    return level;
  }

  private String tenant(Caller caller, InboundRequest request) {
    Optional<String> named = request.headers().first("x-tenant-id");
    if (named.isEmpty() || named.get().equals(caller.tenant())) {
      return caller.tenant();
    }
    if (!caller.may(everywhere)) {
      throw new PermissionProblem(
          "permission_denied",
          "x-tenant-id names another tenant than that of the API key.",
          Optional.of("x-tenant-id"));
    }
    if (!TENANT.matcher(named.get()).matches()) {
      throw CallerProblem.invalid(
          "x-tenant-id", "x-tenant-id must be 1 to 64 letters, digits and the characters . _ @ -");
    }
    return named.get();
  }

  /**
   * The segments of the path after {@code /v1/memory/}, decoded.
   *
   * @throws CallerProblem 400 if an escape is malformed
   */
  static List<String> segments(InboundRequest request) {
    List<String> segments = new ArrayList<>();
    String path = request.path();
    String rest = path.length() > ROOT.length() ? path.substring(ROOT.length()) : "";
    for (String segment : rest.split("/", -1)) {
      try {
        segments.add(PercentEncoding.decode(segment));
      } catch (IllegalArgumentException e) {
        throw CallerProblem.invalid("key", "The path is not percent-encoded correctly.");
      }
    }
    return segments;
  }
}
