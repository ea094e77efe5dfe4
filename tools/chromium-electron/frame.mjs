/** Electron's `webFrameMain`: the main frame of a document, and the events of its messages. */
import { PreventableEvent, strict } from "./strict.mjs";

/** @typedef {import("./web-contents.mjs").WebContents} WebContents */

/** The main frame of one document. Its properties cannot be read when the document is gone. */
export class Frame {
  isGone = false;

  /**
   * @param {WebContents} contents
   * @param {string} url
   * @param {string} origin
   */
  constructor(contents, url, origin) {
    this.url = url;
    // eslint-disable-next-line unicorn/no-this-assignment -- the getters have a `this` of their own.
    const frame = this;
    /** @template T @param {T} value */
    const alive = (value) => {
      if (!frame.isGone) return value;
      throw new Error("Render frame was disposed before WebFrameMain could be accessed");
    };
    /** The object that the app gets. */
    this.exposed = strict("webFrameMain", {
      get url() {
        return alive(frame.url);
      },
      get origin() {
        return alive(origin);
      },
      get parent() {
        return alive(null);
      },
      get top() {
        return alive(frame.exposed);
      },
      get name() {
        return alive("");
      },
      get processId() {
        return alive(contents.id);
      },
      get routingId() {
        return alive(1);
      },
      frameTreeNodeId: contents.id,
      get detached() {
        return frame.isGone;
      },
      isDestroyed: () => frame.isGone,
      /** @param {[string, ...unknown[]]} args */
      send: (...args) => alive(contents).send(...args),
    });
  }
}

/**
 * The event of a message. Its `senderFrame` is null as soon as the frame is gone (Electron's
 * shell/common/gin_converters/frame_converter.cc).
 *
 * @param {WebContents} sender
 * @param {Frame} frame
 */
export function messageEvent(sender, frame) {
  const event = Object.assign(new PreventableEvent(), {
    type: "frame",
    sender,
    processId: sender.getProcessId(),
    frameId: 1,
    ports: [],
  });
  return Object.defineProperty(event, "senderFrame", {
    enumerable: true,
    get: () => (frame.isGone ? null : frame.exposed),
  });
}
