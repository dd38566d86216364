package dev.serai.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser without a screen: it keeps the gateway's cookies, follows no redirect by itself, and a
 * test may change what it keeps.
 */
final class PageVisitor {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern LINK = Pattern.compile("href=\"(/approve[^\"]*)\"");

  private final String gateway;
  private final Map<String, String> cookies = new TreeMap<>();

  /**
   * @param gateway its address
   */
  PageVisitor(String gateway) {
    this.gateway = gateway;
  }

  /** The cookies by name. */
  Map<String, String> cookies() {
    return cookies;
  }

  /** Opens a page of the gateway, or another address. */
  HttpResponse<String> open(String address) {
    return send(request(address).GET());
  }

  /** Sends a form from a page of that origin. */
  HttpResponse<String> post(String path, String origin) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString("a=b"));
    request.header("content-type", "application/x-www-form-urlencoded");
    return send(origin.isEmpty() ? request : request.header("origin", origin));
  }

  private HttpRequest.Builder request(String address) {
    boolean own = address.startsWith("/");
    URI uri = URI.create(own ? gateway + address : address);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("accept", "text/html,*/*");
    if (address.startsWith("/") || address.startsWith(gateway)) {
      String all =
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; "));
      if (!all.isEmpty()) {
        request.header("cookie", all);
      }
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> reply = CLIENT.send(request.build(), BodyHandlers.ofString());
      if (reply.uri().toString().startsWith(gateway)) {
        reply.headers().allValues("set-cookie").forEach(this::keep);
      }
      return reply;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void keep(String field) {
    String pair = field.substring(0, field.indexOf(';'));
    String name = pair.substring(0, pair.indexOf('='));
    if (field.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(pair.indexOf('=') + 1));
    }
  }

  static String location(HttpResponse<?> reply) {
    return reply.headers().firstValue("location").orElse("");
  }

  /** Begins a login and goes to the identity provider; the address that it leads back to. */
  String comesBackFrom(String loginPath) {
    HttpResponse<String> begun = open(loginPath);
    HttpResponse<String> asked = open(location(begun));
    Matcher link = LINK.matcher(asked.body());
    if (!link.find()) {
      throw new AssertionError("no login page: " + asked.statusCode() + " " + asked.body());
    }
    return location(open(URI.create(location(begun)).resolve(link.group(1)).toString()));
  }

  /** Logs in; the reply that does so, or refuses. */
  HttpResponse<String> logIn() {
    return open(comesBackFrom("/login?return=/docs"));
  }

  /** The cookie of the session; empty without one. */
  String session() {
    return cookies.getOrDefault("serai-session", "");
  }
}
