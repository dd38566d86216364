package dev.serai.gateway.console;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;

/**
 * Compares the entered credentials with the account. The JDK (JAAS) makes one for each login. Not
 * thread-safe.
 */
public final class ConsoleLogin implements LoginModule {
  /** The option that holds the {@link ConsoleAccount}. */
  static final String ACCOUNT = "account";

  private @Nullable Subject subject;
  private @Nullable CallbackHandler input;
  private @Nullable ConsoleAccount account;
  private @Nullable User user;

  private record User(String getName) implements Principal {}

  @Override
  public void initialize(
      Subject loggedIn, CallbackHandler callbacks, Map<String, ?> shared, Map<String, ?> options) {
    subject = loggedIn;
    input = callbacks;
    account = options.get(ACCOUNT) instanceof ConsoleAccount known ? known : null;
  }

  @Override
  public boolean login() throws LoginException {
    if (input == null || account == null) {
      throw new FailedLoginException("no credentials");
    }
    NameCallback name = new NameCallback("user");
    PasswordCallback password = new PasswordCallback("password", false);
    ask(input, name, password);
    char[] word = password.getPassword();
    password.clearPassword();
    if (name.getName() == null || word == null || !account.admits(name.getName(), word)) {
      throw new FailedLoginException("wrong user or password");
    }
    user = new User(account.user());
    return true;
  }

  private static void ask(CallbackHandler input, Callback... questions) throws LoginException {
    try {
      input.handle(questions);
    } catch (IOException | UnsupportedCallbackException e) {
      throw (LoginException) new FailedLoginException("no credentials").initCause(e);
    }
  }

  @Override
  public boolean commit() {
    if (user == null || subject == null) {
      return false;
    }
    subject.getPrincipals().add(user);
    return true;
  }

  @Override
  public boolean abort() {
    return logout();
  }

  @Override
  public boolean logout() {
    if (subject != null && user != null) {
      subject.getPrincipals().remove(user);
    }
    user = null;
    return true;
  }
}
