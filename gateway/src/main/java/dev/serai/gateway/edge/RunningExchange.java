package dev.serai.gateway.edge;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.caller.Access;
import dev.serai.gateway.edge.caller.PrivilegedRequests;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.component.netty.NettyConstants;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one request through its route and sends the reply. The body of the exchange is an {@link
 * InboundRequest} when the route starts and a {@link Reply} when it ends, or what {@link
 * PlainReply} makes a reply of. Its only header is the channel's context, which the edge sets.
 */
final class RunningExchange implements AsyncCallback {
  private static final Logger LOG = LoggerFactory.getLogger(RunningExchange.class);

  private final EdgeConnection connection;
  private final ChannelHandlerContext ctx;
  private final NettyHttpConsumer consumer;
  private final Dispatch.Admitted admitted;
  private final RequestHead request;
  private final Exchange exchange;
  private AuditEvent.@Nullable Action recorded;
  private boolean finished;

  RunningExchange(
      EdgeConnection connection,
      ChannelHandlerContext ctx,
      Dispatch.Admitted admitted,
      RequestHead request) {
    this.connection = connection;
    this.ctx = ctx;
    this.consumer = admitted.route().consumer();
    this.admitted = admitted;
    this.request = request;
    this.exchange = consumer.createExchange(false);
  }

  void start(RequestBody body) {
    exchange.setPattern(ExchangePattern.InOut);
    setProperties();
    Access access = admitted.route().access();
    Message message = exchange.getIn();
    message.setBody(body.inbound(request, access.withoutCredential(request.query())));
    message.setHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ctx);
    PrivilegedRequests privileged = connection.server().privileged();
    if (privileged.include(access)) {
      recorded = PrivilegedRequests.action(request, access, ctx.channel());
      privileged.begin(recorded, admitted.caller().identity(), ctx.channel(), this::run);
    } else {
      run(Optional.empty());
    }
  }

  private void run(Optional<GatewayProblem> refusal) {
    if (refusal.isPresent()) {
      recorded = null;
      exchange.setException(refusal.get());
      done(true);
      return;
    }
    try {
      consumer.createUoW(exchange);
      consumer.getAsyncProcessor().process(exchange, this);
    } catch (Exception e) { // the boundary to Camel: whatever it throws fails this request only
      exchange.setException(e);
      done(true);
    }
  }

  private void setProperties() {
    exchange.setProperty(ExchangeProperties.REQUEST_ID, request.id());
    exchange.setProperty(ExchangeProperties.CALLER, admitted.caller());
    exchange.setProperty(ExchangeProperties.PATH, request.path());
  }

  /** The gateway disconnects the client: whatever fails because of that has this reason. */
  void stop(GatewayProblem why) {
    exchange.setProperty(ExchangeProperties.STOPPED, why);
  }

  @Override
  public void done(boolean doneSync) {
    Object body = exchange.getMessage().getBody();
    if (exchange.getException() == null && body != null && PlainReply.isToRead(body)) {
      Thread.ofVirtual().name("reply-reader").start(this::readReply);
    } else {
      finishOnLoop();
    }
  }

  /** Reads a stream or a file, which may block. */
  private void readReply() {
    try {
      PlainReply.read(exchange, connection.server().memory());
    } catch (Throwable e) { // the top of a thread: whatever fails fails this request only
      exchange.setException(e);
    }
    finishOnLoop();
  }

  private void finishOnLoop() {
    if (ctx.channel().eventLoop().inEventLoop()) {
      finish();
    } else {
      ctx.channel().eventLoop().execute(this::finish);
    }
  }

  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    try {
      Reply reply = reply();
      AuditEvent.Action privileged = recorded;
      if (privileged != null) {
        connection
            .server()
            .privileged()
            .ended(privileged, admitted.caller().identity(), reply.status());
      }
      connection.reply(reply);
    } catch (RuntimeException e) { // a reply that cannot be written ends this request only
      abort(e);
    } finally {
      consumer.doneUoW(exchange);
      consumer.releaseExchange(exchange, false);
    }
  }

  private void abort(RuntimeException unwritable) {
    LOG.error(
        "request {}: the reply could not be written; the connection is closed",
        request.id(),
        unwritable);
    connection.abort();
  }

  private Reply reply() {
    Exception failure = exchange.getException();
    if (failure != null) {
      return Refusals.reply(connection.server(), request, shown(failure));
    }
    Object body = exchange.getMessage().getBody();
    Optional<Reply> made =
        body instanceof Reply reply ? Optional.of(reply) : PlainReply.of(exchange.getMessage());
    if (made.isPresent() && isSendable(made.get())) {
      return made.get();
    }
    LOG.error(
        "request {}: the route ended with {} as its body, of which no reply can be made; answered"
            + " 500",
        request.id(),
        body == null ? "no body" : body.getClass().getName());
    return Refusals.reply(connection.server(), request, new InternalProblem(request.id()));
  }

  /** The edge has checked the handshake if the route is one of a WebSocket. */
  private boolean isSendable(Reply reply) {
    return reply instanceof Reply.Upgraded
        ? admitted.route().webSocket()
        : reply.status() >= 200 && reply.status() < 600;
  }

  private GatewayProblem shown(Exception failure) {
    if (failure instanceof GatewayProblem known) {
      return known;
    }
    LOG.error("request {}: failed in its route; answered 500", request.id(), failure);
    return new InternalProblem(request.id());
  }
}
