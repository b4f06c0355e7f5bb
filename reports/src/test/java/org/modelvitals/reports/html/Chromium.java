package org.modelvitals.reports.html;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Chromium without a window, driven through the <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>.
 */
final class Chromium implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();

  private Chromium(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Ear()).join();
  }

  /** The browser of this machine, if there is one. */
  static Optional<Path> installed() {
    return Stream.concat(
            Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .flatMap(
                    folder -> Stream.of("chromium", "google-chrome").map(Path.of(folder)::resolve)),
            Stream.of(Path.of("/usr/bin/chromium")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path profile) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox"); // it refuses to run as root otherwise
    }
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader errors = process.errorReader();
    String line;
    while ((line = errors.readLine()) != null) {
      int at = line.indexOf("ws://");
      if (at >= 0) {
        Thread drain = new Thread(() -> errors.lines().forEach(ignored -> {}), "chromium errors");
        drain.setDaemon(true);
        drain.start();
        return new Chromium(process, URI.create(line.substring(at).strip()));
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  /** Opens a file as a screen of the given width shows it. */
  Tab open(Path file, int width, boolean dark) {
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asString();
    String session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asString();
    Tab tab = new Tab(session, target);
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      tab.call(domain + ".enable", Map.of());
    }
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
    tab.call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
    awaited.put(session + "Page.loadEventFired", loaded);
    tab.call("Page.navigate", Map.of("url", file.toUri().toString()));
    join(loaded, "the page to load");
    return tab;
  }

  private JsonNode call(String session, String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, Object> message =
        session.isEmpty()
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
    socket.sendText(JSON.writeValueAsString(message), true).join();
    JsonNode node = join(answer, method);
    if (node.has("error")) {
      throw new IllegalStateException(method + ": " + node.get("error"));
    }
    return node.get("result");
  }

  private static JsonNode join(CompletableFuture<JsonNode> future, String what) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Chromium did not answer: " + what, e);
    }
  }

  @Override
  public void close() {
    try {
      call("", "Browser.close", Map.of());
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (IllegalStateException | InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** One page in the browser. */
  final class Tab implements AutoCloseable {
    private final String session;
    private final String target;

    private Tab(String session, String target) {
      this.session = session;
      this.target = target;
    }

    JsonNode call(String method, Map<String, ?> parameters) {
      return Chromium.this.call(session, method, parameters);
    }

    /** The value of a JavaScript expression; of its outcome if it is a promise. */
    JsonNode evaluate(String expression) {
      JsonNode answer =
          call(
              "Runtime.evaluate",
              Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
      if (answer.has("exceptionDetails")) {
        throw new IllegalStateException(answer.get("exceptionDetails").toString());
      }
      return answer.get("result").path("value");
    }

    /** What the browser told of this page under the name {@code method}. */
    List<JsonNode> events(String method) {
      return events.stream()
          .filter(event -> event.path("sessionId").asString("").equals(session))
          .filter(event -> event.path("method").asString("").equals(method))
          .map(event -> event.get("params"))
          .toList();
    }

    @Override
    public void close() {
      Chromium.this.call("", "Target.closeTarget", Map.of("targetId", target));
    }
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder heard = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      heard.append(data);
      if (last) {
        JsonNode message = JSON.readTree(heard.toString());
        heard.setLength(0);
        if (message.has("id")) {
          Optional.ofNullable(answers.remove(message.get("id").asInt()))
              .ifPresent(answer -> answer.complete(message));
        } else {
          events.add(message);
          Optional.ofNullable(
                  awaited.remove(
                      message.path("sessionId").asString("") + message.path("method").asString("")))
              .ifPresent(future -> future.complete(message));
        }
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
