package dev.serai.memory.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection whose commits are made, and then fail as if the confirmation were lost. */
public final class UnconfirmedCommits {
  private UnconfirmedCommits() {}

  public static Connection on(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            UnconfirmedCommits.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, values) -> {
              try {
                Object made = method.invoke(real, values);
                if (method.getName().equals("commit")) {
                  throw new SQLException("the connection was lost", "08006");
                }
                return made;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
