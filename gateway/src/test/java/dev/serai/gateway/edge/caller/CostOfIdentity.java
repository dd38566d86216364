package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyTable;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures what it takes to know the caller of a request: one HMAC-SHA-256 and one look-up among
 * 10,000 keys. A program, not a test.
 */
public final class CostOfIdentity {
  private static final int KEYS = 10_000;
  private static final int ROUND = 200_000;
  private static final int ROUNDS = 15;
  private static final Access CHAT =
      new Access(Optional.of(Permission.CHAT_BASIC), false, false, false, false, false);

  private CostOfIdentity() {}

  public static void main(String[] arguments) {
    CallerCheck closed = new CallerCheck(table(KEYS), Optional.empty(), Ticker.SYSTEM);
    CallerCheck open = new CallerCheck(table(0), Optional.empty(), Ticker.SYSTEM);
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "one request: %d keys %.0f ns, no keys %.0f ns%n", KEYS, cost(closed), cost(open));
    }
  }

  private static KeyTable table(int keys) {
    Identity identity =
        new Identity(
            "acme", "", "", "app", Role.USER.permissions(), AllowList.ALL, AllowList.ALL, Set.of());
    Map<KeyHash, Authentication> known = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      known.put(KeyHasher.ofProcess().hash(key(i)), new Authentication.Authenticated(identity));
    }
    KeyTable table = new KeyTable(KeyHasher.ofProcess());
    table.replace(known);
    return table;
  }

  private static String key(int i) {
    return "sk-serai-0123456789abcdef0123456789abcdef0123456789a-" + (100_000 + i);
  }

  private static double cost(CallerCheck check) {
    RequestHead head = head();
    int tenants = 0;
    long start = cpuNanos();
    for (int i = 0; i < ROUND; i++) {
      Caller caller = check.find(head, CHAT, null);
      check.permit(head, CHAT, caller);
      tenants += caller.tenant().length();
    }
    double each = (cpuNanos() - start) / (double) ROUND;
    if (tenants == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    return each;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static RequestHead head() {
    DefaultHttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/chat/completions");
    request.headers().set("Host", "localhost").set("Authorization", "Bearer " + key(KEYS / 2));
    return RequestHead.of("id", request, BrowserRules.of("127.0.0.1", List.of(), List.of()));
  }
}
