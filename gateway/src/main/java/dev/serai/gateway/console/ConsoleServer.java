package dev.serai.gateway.console;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ResourceServlet;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Hawtio's web application in Jetty. The application is unpacked into a folder that Jetty
 * removes when it stops. Thread-safe.
 */
final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int THREADS = 16;
  private static final String SETTINGS = "/hawtconfig.json";
  private static final String STYLES = "/css/serai.css";

  private final Server server;
  private final ServerConnector connector;

  private ConsoleServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  static ConsoleServer start(Path application) throws Exception {
    Server server = new Server(threads());
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(application(application, Files.createTempDirectory("serai-console")));
    ConsoleServer console = new ConsoleServer(server, connector);
    try {
      server.start();
      return console;
    } catch (Exception e) { // whatever failed: nothing may be left running
      console.close();
      throw e;
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("console");
    threads.setDaemon(true);
    return threads;
  }

  private static WebAppContext application(Path war, Path folder) {
    WebAppContext context = new HawtioContext();
    context.setContextPath("/hawtio");
    context.setWar(war.toString());
    context.setTempDirectory(folder.toFile());
    context.setThrowUnavailableOnStartupException(true);
    context.addOverrideDescriptor(resource("/console/web-override.xml"));
    context.addServlet(ours(SETTINGS), SETTINGS);
    context.addServlet(ours(STYLES), STYLES);
    // The application logs to the gateway's log, not with its own library.
    context.addProtectedClassMatcher(new ClassMatcher("org.slf4j.", "dev.serai."));
    context.getSessionHandler().setSameSite(HttpCookie.SameSite.STRICT);
    context.getSessionHandler().setHttpOnly(true);
    return context;
  }

  /** Serves a file of ours instead of the one in the archive. */
  private static ServletHolder ours(String path) {
    ServletHolder holder = new ServletHolder(path, ResourceServlet.class);
    String file = resource("/console" + path);
    holder.setInitParameter("baseResource", file.substring(0, file.length() - path.length() + 1));
    holder.setInitParameter("pathInfoOnly", "false");
    return holder;
  }

  private static String resource(String path) {
    return Objects.requireNonNull(ConsoleServer.class.getResource(path)).toExternalForm();
  }

  URI address() {
    return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares Exception; the process ends anyway
      LOG.warn("the console could not be stopped cleanly", e);
    }
  }
}
