package dev.serai.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code
 * fd00::/8}. Nothing is looked up: names are in no range. Immutable.
 */
public final class AddressRange {
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:.*");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Parses a range.
   *
   * @throws IllegalArgumentException if it is not an IP address, a slash and a length
   */
  public static AddressRange parse(String cidr) {
    int slash = cidr.indexOf('/');
    Optional<byte[]> network = slash < 0 ? Optional.empty() : bytes(cidr.substring(0, slash));
    String length = cidr.substring(slash + 1);
    if (network.isPresent() && length.matches("\\d{1,3}")) {
      int prefix = Integer.parseInt(length);
      if (prefix <= network.get().length * 8) {
        return new AddressRange(network.get(), prefix);
      }
    }
    throw new IllegalArgumentException(
        "'" + cidr + "' is not a range of addresses such as 10.0.0.0/8 or fd00::/8");
  }

  /** Whether a host is an IP address in this range. */
  public boolean contains(String host) {
    return bytes(host).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = prefix % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** The bytes of an IP address; an IPv4 address within IPv6 counts as IPv4. */
  private static Optional<byte[]> bytes(String literal) {
    if (!LITERAL.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
