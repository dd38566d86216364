package dev.serai.gateway.console;

import org.eclipse.jetty.ee10.servlet.ListenerHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/**
 * Hawtio without its list of other processes: its own listener attaches itself to every JVM of the
 * user when it starts, and waits for as long as one of them does not answer. Its parent does all
 * else. Confined to the thread that starts it.
 */
final class HawtioContext extends WebAppContext {
  private static final String ATTACHING = "io.hawt.HawtioDefaultContextListener";
  private static final String PLAIN = "io.hawt.HawtioContextListener";

  @Override
  protected void startWebapp() throws Exception {
    for (ListenerHolder listener : getServletHandler().getListeners()) {
      if (ATTACHING.equals(listener.getClassName())) {
        listener.setClassName(PLAIN);
      }
    }
    super.startWebapp();
  }
}
