// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.Poll;
import io.github.tracingpropagation.demo.mesh.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium. */
final class Browser implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the browser; skips the test if chromium or chromedriver is not installed. */
  static Browser start() {
    File browser = Programs.require("chromium", "Debian's package is chromium");
    File driver = Programs.require("chromedriver", "Debian's package is chromium-driver");
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(browser)
            .addArguments(
                "--headless=new",
                "--no-sandbox", // the sandbox does not run as root; only trusted pages are loaded
                "--disable-dev-shm-usage", // /dev/shm is small in containers
                "--hide-scrollbars");
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build(),
            options));
  }

  /** Loads a page and returns its text, once that contains the awaited text or after 60 s. */
  String show(String url, int width, int height, String awaited)
      throws IOException, InterruptedException {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.get(url);
    return Poll.until(
        text -> text.contains(awaited),
        TIMEOUT,
        () -> driver.findElement(By.tagName("body")).getText());
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
