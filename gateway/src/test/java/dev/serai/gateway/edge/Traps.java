package dev.serai.gateway.edge;

import java.util.List;
import java.util.stream.Stream;

/**
 * Hostile and ambiguous requests. The tests of our edge send them; {@link StockNettyHttpTest} sends
 * the same bytes to Camel's own {@code netty-http} and shows why each protection is needed.
 */
final class Traps {
  static final String CHAT = "/v1/chat/completions";

  /** The next request of the connection; never to be answered after an ambiguous request. */
  static final String SECOND = "GET /other HTTP/1.1\r\nHost: h\r\n\r\n";

  /** Fields and bodies that stock Camel with this Netty refuses itself. */
  static final List<String> STOCK_REFUSES =
      List.of(
          // Six that Netty 4.1.130, which Camel would bring, serves with the second request.
          "Host: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"\r\nok\r\n0\r\n\r\n",
          // Any Netty refuses these.
          "Content-Length: 2\r\n\r\nok",
          "Host: h\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\nok",
          "Host: h\r\nContent-Length: 2, 2\r\n\r\nok",
          "Host: h\r\nContent-Length: +2\r\n\r\nok",
          "Host: h\r\nContent-Length: -2\r\n\r\nok",
          "Host: h\r\nContent-Length: 0x2\r\n\r\nok",
          "Host: h\r\nContent-Length : 2\r\n\r\nok",
          "Host: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff2\r\nok\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokX\r\n0\r\n\r\n",
          "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\r\n0\r\n\r\n",
          "Host: h\r\nX-A: b\rX-B: c\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\nContent-Length: 2\n\nok",
          "Host: h\r\nX-A: b\u0000c\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\nX A: b\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\nno colon\r\nContent-Length: 2\r\n\r\nok");

  /** Fields and bodies that stock Camel serves, and the second request after them too. */
  static final List<String> STOCK_SERVES =
      List.of(
          "Host: h\r\nHost: evil\r\nContent-Length: 2\r\n\r\nok",
          "Host: a, b\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\nX-A: b\r\n folded\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\nX-A: b\r\n\tfolded\r\nContent-Length: 2\r\n\r\nok",
          "Host: h\r\n Content-Length: 2\r\n\r\nok",
          "Host: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
          "Host: h\r\n"
              + "Authorization: Bearer a\r\n"
              + "Authorization: Bearer b\r\n"
              + "Content-Length: 2\r\n\r\n"
              + "ok",
          "Host: h\r\nX-Api-Key: a\r\nx-api-key: b\r\nContent-Length: 2\r\n\r\nok");

  /** All of both: a proxy may read one such request as another one, or as two. */
  static final List<String> AMBIGUOUS =
      Stream.concat(STOCK_REFUSES.stream(), STOCK_SERVES.stream()).toList();

  /** Paths that some servers treat as {@link #CHAT}. */
  static final List<String> OTHER_SPELLINGS =
      List.of(
          "/V1/chat/completions",
          "/v1/Chat/Completions",
          "/v1/chat/completions/",
          "//v1/chat/completions",
          "/v1//chat/completions",
          "/v1/./chat/completions",
          "/v1/x/../chat/completions",
          "/v1/%2e%2e/v1/chat/completions",
          "/v1/%2E/chat/completions",
          "/v1/chat%2fcompletions",
          "/v1/chat%2Fcompletions",
          "/v1/ch%61t/completions",
          "/v1/chat;x=1/completions",
          "/v1/chat/completions;x",
          "/v1/chat/completions%3bx",
          "/v1/chat/completions%00",
          "/v1/chat/completions%",
          "/v1/chat/completions%zz",
          "/v1/chat\\completions",
          "/v1/chat/completions#x",
          "/v1/models/../chat/completions",
          "v1/chat/completions",
          "ftp://h/v1/chat/completions");

  /** Paths under a prefix that some servers resolve to a path outside of it. */
  static final List<String> BELOW_A_PREFIX =
      List.of(
          "/v1/models/..",
          "/v1/models/../other",
          "/v1/models/./x",
          "/v1/models//x",
          "/v1/models/%2e%2e/other",
          "/v1/models/%2e%2e%2fother",
          "/v1/models/x%2f..%2f..%2fother",
          "/v1/models/x;a=b",
          "/v1/models/x%3ba",
          "/v1/models/x%5cy",
          "/v1/models/x%00",
          "/v1/models/%78",
          "/v1/models/x%25y");

  /** An identity and control headers of Camel's components, by header, query and form. */
  static final String BY_EVERY_DOOR =
      "POST /headers?authorization=evil&CamelHttpUri=evil HTTP/1.1\r\nHost: h\r\n"
          + "kafka.OVERRIDE_TOPIC: evil\r\nwebsocket.connectionKey: evil\r\n"
          + "mail.smtp.host: evil\r\nSolrParam.q: evil\r\n"
          + "CamelFileName: evil\r\norg.apache.camel.x: evil\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n\r\n"
          + "authorization=evil";

  /** A field that must not be echoed. */
  static final String WITH_A_SECRET =
      "GET /page HTTP/1.1\r\nHost: h\r\nX-Secret: planted\r\nX-Request-Id: mine\r\n\r\n";

  /** JSON as {@code curl -d} sends it. */
  static final String JSON_TYPED_AS_A_FORM =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          + "Content-Length: 7\r\n\r\n{\"a\":1}";

  /** The exception of the route at {@code /broken}. */
  static final String PASSWORD = "password=hunter2";

  static final String COMPRESSED =
      "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n"
          + "Content-Length: 3\r\n\r\nxyz";

  static final String LONG_HEAD =
      "GET /other HTTP/1.1\r\nHost: h\r\nX-A: " + "x".repeat(9000) + "\r\n\r\n";

  static final String LONG_LINE = "/other?" + "x".repeat(5000);

  /** A head without its end. */
  static final String HALF_A_HEAD = "POST /echo HTTP/1.1\r\nHost: h\r\n";

  /** A head whose body of 5,000 bytes does not follow. */
  static final String HEAD_OF_A_BODY =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n";

  private Traps() {}

  static String ambiguous(String fieldsAndBody) {
    return "POST " + CHAT + " HTTP/1.1\r\n" + fieldsAndBody + SECOND;
  }
}
