package dev.serai.config.check;

import dev.serai.core.net.BaseUrl;
import java.util.Locale;

/**
 * Recognizes base URLs that lead back to this gateway: its port at the host that it listens on, or
 * at a name or address of this machine's loopback. Other names of the machine are found only when a
 * call comes back. Immutable.
 */
public final class OwnAddress {
  /** The warning about such a base URL. */
  public static final String WARNING =
      "this is Serai's own address; calls would loop. Set the provider's address or remove the"
          + " setting";

  private final String host;
  private final int port;

  /**
   * @param port 0 if the system chooses it
   */
  public OwnAddress(String host, int port) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.port = port;
  }

  /** Whether the URL leads back; a text that is not a base URL does not. */
  public boolean matches(String url) {
    try {
      BaseUrl base = BaseUrl.parse(url.strip());
      return port != 0 && base.port() == port && isHere(base.host().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return false; // reported where the URL is read
    }
  }

  private boolean isHere(String name) {
    return name.equals(host)
        || name.equals("localhost")
        || name.equals("0.0.0.0")
        || name.equals("::1")
        || name.equals("::")
        || name.matches("127(\\.[0-9]{1,3}){3}");
  }
}
