package dev.serai.gateway.console;

import org.eclipse.jetty.ee10.servlet.ListenerHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/**
 * Starts Hawtio without its list of other processes. Hawtio's default listener attaches to every
 * JVM of the user at start, and waits while one of them does not respond; its superclass does all
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
