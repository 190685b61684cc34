// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Delegates to a pool of the JDK's class, with tasks that are bound. It has no thread of its own. A
 * subclass and no proxy of the interfaces, since applications ask for the class, or cast to it.
 */
final class BindingThreadPool extends ThreadPoolExecutor {
  private static final BindingDecorator DECORATOR = new BindingDecorator(null);

  private final ThreadPoolExecutor pool;

  BindingThreadPool(ThreadPoolExecutor pool) {
    super(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    this.pool = pool;
  }

  /** Checks the task here, before the superclass wraps it in a {@code FutureTask}. */
  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return Binding.canBind(task) ? super.submit(task) : pool.submit(task);
  }

  /** Each way to submit a task leads here. */
  @Override
  public void execute(Runnable task) {
    pool.execute(DECORATOR.decorate(task));
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminating() {
    return pool.isTerminating();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }

  @Override
  public void setThreadFactory(ThreadFactory factory) {
    pool.setThreadFactory(factory);
  }

  @Override
  public ThreadFactory getThreadFactory() {
    return pool.getThreadFactory();
  }

  @Override
  public void setRejectedExecutionHandler(RejectedExecutionHandler handler) {
    pool.setRejectedExecutionHandler(handler);
  }

  @Override
  public RejectedExecutionHandler getRejectedExecutionHandler() {
    return pool.getRejectedExecutionHandler();
  }

  @Override
  public void setCorePoolSize(int size) {
    pool.setCorePoolSize(size);
  }

  @Override
  public int getCorePoolSize() {
    return pool.getCorePoolSize();
  }

  @Override
  public boolean prestartCoreThread() {
    return pool.prestartCoreThread();
  }

  @Override
  public int prestartAllCoreThreads() {
    return pool.prestartAllCoreThreads();
  }

  @Override
  public boolean allowsCoreThreadTimeOut() {
    return pool.allowsCoreThreadTimeOut();
  }

  @Override
  public void allowCoreThreadTimeOut(boolean value) {
    pool.allowCoreThreadTimeOut(value);
  }

  @Override
  public void setMaximumPoolSize(int size) {
    pool.setMaximumPoolSize(size);
  }

  @Override
  public int getMaximumPoolSize() {
    return pool.getMaximumPoolSize();
  }

  @Override
  public void setKeepAliveTime(long time, TimeUnit unit) {
    pool.setKeepAliveTime(time, unit);
  }

  @Override
  public long getKeepAliveTime(TimeUnit unit) {
    return pool.getKeepAliveTime(unit);
  }

  @Override
  public BlockingQueue<Runnable> getQueue() {
    return pool.getQueue();
  }

  @Override
  public boolean remove(Runnable task) {
    return pool.remove(task);
  }

  @Override
  public void purge() {
    pool.purge();
  }

  @Override
  public int getPoolSize() {
    return pool.getPoolSize();
  }

  @Override
  public int getActiveCount() {
    return pool.getActiveCount();
  }

  @Override
  public int getLargestPoolSize() {
    return pool.getLargestPoolSize();
  }

  @Override
  public long getTaskCount() {
    return pool.getTaskCount();
  }

  @Override
  public long getCompletedTaskCount() {
    return pool.getCompletedTaskCount();
  }

  @Override
  public String toString() {
    return pool.toString();
  }
}
