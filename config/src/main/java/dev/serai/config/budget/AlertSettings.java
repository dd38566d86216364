package dev.serai.config.budget;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.core.budget.alert.AlertReceiver;
import dev.serai.core.net.BaseUrl;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A webhook that receives alerts: messages about budgets that reach a share of their limit.
 *
 * @param url the address that messages are sent to: http or https, with a path and a query if the
 *     receiver needs them. It is treated as a secret, because it often has a token
 * @param secret the secret that messages are signed with, as Standard Webhooks asks: whsec_ and the
 *     base64 of 24 to 64 bytes
 * @param at the shares of the limit at which a message is sent, in percent
 * @param budgets the IDs of the budgets and API keys that it receives alerts about; if left out,
 *     all
 * @param tenants the tenants whose budgets it receives alerts about; if left out, all budgets
 */
public record AlertSettings(
    @Required Secret url,
    @Required Secret secret,
    @Range(min = 1, max = 1000) List<Integer> at,
    List<String> budgets,
    List<String> tenants) {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  /**
   * @throws IllegalArgumentException if the URL or the secret cannot be used; the message has
   *     neither of them
   */
  public AlertSettings {
    at = List.copyOf(at);
    budgets = List.copyOf(budgets);
    tenants = List.copyOf(tenants);
    if (!isAddress(url.reveal())) {
      throw new IllegalArgumentException(
          "url must be an address of http or https, without a user, a password and a fragment");
    }
    int bytes = key(secret).length;
    if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "secret must be whsec_ and the base64 of 24 to 64 bytes; make one with: echo"
              + " whsec_$(openssl rand -base64 32)");
    }
  }

  /** Without a URL and a secret, which must be set. */
  public static AlertSettings defaults() {
    return new AlertSettings(
        new Secret("https://localhost"),
        new Secret(PREFIX + "A".repeat(32)),
        List.of(80, 95, 100),
        List.of(),
        List.of());
  }

  private static boolean isAddress(String url) {
    int query = url.indexOf('?');
    try {
      BaseUrl.parse(query < 0 ? url : url.substring(0, query));
      return URI.create(url).getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Empty if the secret has another form. */
  private static byte[] key(Secret secret) {
    String text = secret.reveal();
    try {
      return text.startsWith(PREFIX)
          ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** The bytes that sign a message. */
  public byte[] signingKey() {
    return key(secret);
  }

  /** The receiver of that name. */
  public AlertReceiver receiver(String name) {
    return new AlertReceiver(name, at, Set.copyOf(budgets), Set.copyOf(tenants));
  }
}
