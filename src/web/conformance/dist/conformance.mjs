#!/usr/bin/env node
// Built from src/web/conformance/src by npm run build in src/web; do not edit.
// It holds the package ws, whose licence is:
/*
Copyright (c) 2011 Einar Otto Stangvik <einaros@gmail.com>
Copyright (c) 2013 Arnout Kazemier and contributors
Copyright (c) 2016 Luigi Pinca and contributors

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
*/
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// ../node_modules/ws/lib/constants.js
var require_constants = __commonJS({
  "../node_modules/ws/lib/constants.js"(exports, module) {
    "use strict";
    var BINARY_TYPES = ["nodebuffer", "arraybuffer", "fragments"];
    var hasBlob = typeof Blob !== "undefined";
    if (hasBlob) BINARY_TYPES.push("blob");
    module.exports = {
      BINARY_TYPES,
      CLOSE_TIMEOUT: 3e4,
      EMPTY_BUFFER: Buffer.alloc(0),
      GUID: "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
      hasBlob,
      kForOnEventAttribute: /* @__PURE__ */ Symbol("kIsForOnEventAttribute"),
      kListener: /* @__PURE__ */ Symbol("kListener"),
      kStatusCode: /* @__PURE__ */ Symbol("status-code"),
      kWebSocket: /* @__PURE__ */ Symbol("websocket"),
      NOOP: () => {
      }
    };
  }
});

// ../node_modules/ws/lib/buffer-util.js
var require_buffer_util = __commonJS({
  "../node_modules/ws/lib/buffer-util.js"(exports, module) {
    "use strict";
    var { websocketMask, websocketUnmask } = __require("http");
    var { EMPTY_BUFFER } = require_constants();
    var FastBuffer = Buffer[Symbol.species];
    function concat(list2, totalLength) {
      if (list2.length === 0) return EMPTY_BUFFER;
      if (list2.length === 1) return list2[0];
      const target = Buffer.allocUnsafe(totalLength);
      let offset = 0;
      for (let i = 0; i < list2.length; i++) {
        const buf = list2[i];
        target.set(buf, offset);
        offset += buf.length;
      }
      if (offset < totalLength) {
        return new FastBuffer(target.buffer, target.byteOffset, offset);
      }
      return target;
    }
    function _mask(source, mask, output, offset, length) {
      for (let i = 0; i < length; i++) {
        output[offset + i] = source[i] ^ mask[i & 3];
      }
    }
    function _unmask(buffer, mask) {
      for (let i = 0; i < buffer.length; i++) {
        buffer[i] ^= mask[i & 3];
      }
    }
    function toArrayBuffer(buf) {
      if (buf.length === buf.buffer.byteLength) {
        return buf.buffer;
      }
      return buf.buffer.slice(buf.byteOffset, buf.byteOffset + buf.length);
    }
    function toBuffer(data) {
      toBuffer.readOnly = true;
      if (Buffer.isBuffer(data)) return data;
      let buf;
      if (data instanceof ArrayBuffer) {
        buf = new FastBuffer(data);
      } else if (ArrayBuffer.isView(data)) {
        buf = new FastBuffer(data.buffer, data.byteOffset, data.byteLength);
      } else {
        buf = Buffer.from(data);
        toBuffer.readOnly = false;
      }
      return buf;
    }
    module.exports = {
      concat,
      mask: _mask,
      toArrayBuffer,
      toBuffer,
      unmask: _unmask
    };
    if (websocketMask) {
      module.exports.mask = function(source, mask, output, offset, length) {
        if (length < 24) _mask(source, mask, output, offset, length);
        else websocketMask(source, mask, output, offset, length);
      };
      module.exports.unmask = function(buffer, mask) {
        if (buffer.length < 24) _unmask(buffer, mask);
        else websocketUnmask(buffer, mask);
      };
    } else if (!process.env.WS_NO_BUFFER_UTIL) {
      try {
        const bufferUtil = __require("bufferutil");
        module.exports.mask = function(source, mask, output, offset, length) {
          if (length < 48) _mask(source, mask, output, offset, length);
          else bufferUtil.mask(source, mask, output, offset, length);
        };
        module.exports.unmask = function(buffer, mask) {
          if (buffer.length < 32) _unmask(buffer, mask);
          else bufferUtil.unmask(buffer, mask);
        };
      } catch (e) {
      }
    }
  }
});

// ../node_modules/ws/lib/limiter.js
var require_limiter = __commonJS({
  "../node_modules/ws/lib/limiter.js"(exports, module) {
    "use strict";
    var kDone = /* @__PURE__ */ Symbol("kDone");
    var kRun = /* @__PURE__ */ Symbol("kRun");
    var Limiter = class {
      /**
       * Creates a new `Limiter`.
       *
       * @param {Number} [concurrency=Infinity] The maximum number of jobs allowed
       *     to run concurrently
       */
      constructor(concurrency) {
        this[kDone] = () => {
          this.pending--;
          this[kRun]();
        };
        this.concurrency = concurrency || Infinity;
        this.jobs = [];
        this.pending = 0;
      }
      /**
       * Adds a job to the queue.
       *
       * @param {Function} job The job to run
       * @public
       */
      add(job) {
        this.jobs.push(job);
        this[kRun]();
      }
      /**
       * Removes a job from the queue and runs it if possible.
       *
       * @private
       */
      [kRun]() {
        if (this.pending === this.concurrency) return;
        if (this.jobs.length) {
          const job = this.jobs.shift();
          this.pending++;
          job(this[kDone]);
        }
      }
    };
    module.exports = Limiter;
  }
});

// ../node_modules/ws/lib/permessage-deflate.js
var require_permessage_deflate = __commonJS({
  "../node_modules/ws/lib/permessage-deflate.js"(exports, module) {
    "use strict";
    var zlib = __require("zlib");
    var bufferUtil = require_buffer_util();
    var Limiter = require_limiter();
    var { kStatusCode } = require_constants();
    var FastBuffer = Buffer[Symbol.species];
    var TRAILER = Buffer.from([0, 0, 255, 255]);
    var kPerMessageDeflate = /* @__PURE__ */ Symbol("permessage-deflate");
    var kTotalLength = /* @__PURE__ */ Symbol("total-length");
    var kCallback = /* @__PURE__ */ Symbol("callback");
    var kBuffers = /* @__PURE__ */ Symbol("buffers");
    var kError = /* @__PURE__ */ Symbol("error");
    var zlibLimiter;
    var PerMessageDeflate2 = class {
      /**
       * Creates a PerMessageDeflate instance.
       *
       * @param {Object} [options] Configuration options
       * @param {(Boolean|Number)} [options.clientMaxWindowBits] Advertise support
       *     for, or request, a custom client window size
       * @param {Boolean} [options.clientNoContextTakeover=false] Advertise/
       *     acknowledge disabling of client context takeover
       * @param {Number} [options.concurrencyLimit=10] The number of concurrent
       *     calls to zlib
       * @param {Boolean} [options.isServer=false] Create the instance in either
       *     server or client mode
       * @param {Number} [options.maxPayload=0] The maximum allowed message length
       * @param {(Boolean|Number)} [options.serverMaxWindowBits] Request/confirm the
       *     use of a custom server window size
       * @param {Boolean} [options.serverNoContextTakeover=false] Request/accept
       *     disabling of server context takeover
       * @param {Number} [options.threshold=1024] Size (in bytes) below which
       *     messages should not be compressed if context takeover is disabled
       * @param {Object} [options.zlibDeflateOptions] Options to pass to zlib on
       *     deflate
       * @param {Object} [options.zlibInflateOptions] Options to pass to zlib on
       *     inflate
       */
      constructor(options2) {
        this._options = options2 || {};
        this._threshold = this._options.threshold !== void 0 ? this._options.threshold : 1024;
        this._maxPayload = this._options.maxPayload | 0;
        this._isServer = !!this._options.isServer;
        this._deflate = null;
        this._inflate = null;
        this.params = null;
        if (!zlibLimiter) {
          const concurrency = this._options.concurrencyLimit !== void 0 ? this._options.concurrencyLimit : 10;
          zlibLimiter = new Limiter(concurrency);
        }
      }
      /**
       * @type {String}
       */
      static get extensionName() {
        return "permessage-deflate";
      }
      /**
       * Create an extension negotiation offer.
       *
       * @return {Object} Extension parameters
       * @public
       */
      offer() {
        const params = {};
        if (this._options.serverNoContextTakeover) {
          params.server_no_context_takeover = true;
        }
        if (this._options.clientNoContextTakeover) {
          params.client_no_context_takeover = true;
        }
        if (this._options.serverMaxWindowBits) {
          params.server_max_window_bits = this._options.serverMaxWindowBits;
        }
        if (this._options.clientMaxWindowBits) {
          params.client_max_window_bits = this._options.clientMaxWindowBits;
        } else if (this._options.clientMaxWindowBits == null) {
          params.client_max_window_bits = true;
        }
        return params;
      }
      /**
       * Accept an extension negotiation offer/response.
       *
       * @param {Array} configurations The extension negotiation offers/reponse
       * @return {Object} Accepted configuration
       * @public
       */
      accept(configurations) {
        configurations = this.normalizeParams(configurations);
        this.params = this._isServer ? this.acceptAsServer(configurations) : this.acceptAsClient(configurations);
        return this.params;
      }
      /**
       * Releases all resources used by the extension.
       *
       * @public
       */
      cleanup() {
        if (this._inflate) {
          this._inflate.close();
          this._inflate = null;
        }
        if (this._deflate) {
          const callback = this._deflate[kCallback];
          this._deflate.close();
          this._deflate = null;
          if (callback) {
            callback(
              new Error(
                "The deflate stream was closed while data was being processed"
              )
            );
          }
        }
      }
      /**
       *  Accept an extension negotiation offer.
       *
       * @param {Array} offers The extension negotiation offers
       * @return {Object} Accepted configuration
       * @private
       */
      acceptAsServer(offers) {
        const opts = this._options;
        const accepted = offers.find((params) => {
          if (opts.serverNoContextTakeover === false && params.server_no_context_takeover || params.server_max_window_bits && (opts.serverMaxWindowBits === false || typeof opts.serverMaxWindowBits === "number" && opts.serverMaxWindowBits > params.server_max_window_bits) || typeof opts.clientMaxWindowBits === "number" && (typeof params.client_max_window_bits === "number" ? opts.clientMaxWindowBits > params.client_max_window_bits : !params.client_max_window_bits)) {
            return false;
          }
          return true;
        });
        if (!accepted) {
          throw new Error("None of the extension offers can be accepted");
        }
        if (opts.serverNoContextTakeover) {
          accepted.server_no_context_takeover = true;
        }
        if (opts.clientNoContextTakeover) {
          accepted.client_no_context_takeover = true;
        }
        if (typeof opts.serverMaxWindowBits === "number") {
          accepted.server_max_window_bits = opts.serverMaxWindowBits;
        }
        if (typeof opts.clientMaxWindowBits === "number") {
          accepted.client_max_window_bits = opts.clientMaxWindowBits;
        } else if (accepted.client_max_window_bits === true || opts.clientMaxWindowBits === false) {
          delete accepted.client_max_window_bits;
        }
        return accepted;
      }
      /**
       * Accept the extension negotiation response.
       *
       * @param {Array} response The extension negotiation response
       * @return {Object} Accepted configuration
       * @private
       */
      acceptAsClient(response) {
        const params = response[0];
        if (this._options.clientNoContextTakeover === false && params.client_no_context_takeover) {
          throw new Error('Unexpected parameter "client_no_context_takeover"');
        }
        if (!params.client_max_window_bits) {
          if (typeof this._options.clientMaxWindowBits === "number") {
            params.client_max_window_bits = this._options.clientMaxWindowBits;
          }
        } else if (this._options.clientMaxWindowBits === false || typeof this._options.clientMaxWindowBits === "number" && params.client_max_window_bits > this._options.clientMaxWindowBits) {
          throw new Error(
            'Unexpected or invalid parameter "client_max_window_bits"'
          );
        }
        return params;
      }
      /**
       * Normalize parameters.
       *
       * @param {Array} configurations The extension negotiation offers/reponse
       * @return {Array} The offers/response with normalized parameters
       * @private
       */
      normalizeParams(configurations) {
        configurations.forEach((params) => {
          Object.keys(params).forEach((key) => {
            let value = params[key];
            if (value.length > 1) {
              throw new Error(`Parameter "${key}" must have only a single value`);
            }
            value = value[0];
            if (key === "client_max_window_bits") {
              if (value !== true) {
                const num = +value;
                if (!Number.isInteger(num) || num < 8 || num > 15) {
                  throw new TypeError(
                    `Invalid value for parameter "${key}": ${value}`
                  );
                }
                value = num;
              } else if (!this._isServer) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
            } else if (key === "server_max_window_bits") {
              const num = +value;
              if (!Number.isInteger(num) || num < 8 || num > 15) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
              value = num;
            } else if (key === "client_no_context_takeover" || key === "server_no_context_takeover") {
              if (value !== true) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
            } else {
              throw new Error(`Unknown parameter "${key}"`);
            }
            params[key] = value;
          });
        });
        return configurations;
      }
      /**
       * Decompress data. Concurrency limited.
       *
       * @param {Buffer} data Compressed data
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @public
       */
      decompress(data, fin, callback) {
        zlibLimiter.add((done) => {
          this._decompress(data, fin, (err, result) => {
            done();
            callback(err, result);
          });
        });
      }
      /**
       * Compress data. Concurrency limited.
       *
       * @param {(Buffer|String)} data Data to compress
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @public
       */
      compress(data, fin, callback) {
        zlibLimiter.add((done) => {
          this._compress(data, fin, (err, result) => {
            done();
            callback(err, result);
          });
        });
      }
      /**
       * Decompress data.
       *
       * @param {Buffer} data Compressed data
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @private
       */
      _decompress(data, fin, callback) {
        const endpoint = this._isServer ? "client" : "server";
        if (!this._inflate) {
          const key = `${endpoint}_max_window_bits`;
          const windowBits = typeof this.params[key] !== "number" ? zlib.Z_DEFAULT_WINDOWBITS : this.params[key];
          this._inflate = zlib.createInflateRaw({
            ...this._options.zlibInflateOptions,
            windowBits
          });
          this._inflate[kPerMessageDeflate] = this;
          this._inflate[kTotalLength] = 0;
          this._inflate[kBuffers] = [];
          this._inflate.on("error", inflateOnError);
          this._inflate.on("data", inflateOnData);
        }
        this._inflate[kCallback] = callback;
        this._inflate.write(data);
        if (fin) this._inflate.write(TRAILER);
        this._inflate.flush(() => {
          const err = this._inflate[kError];
          if (err) {
            this._inflate.close();
            this._inflate = null;
            callback(err);
            return;
          }
          const data2 = bufferUtil.concat(
            this._inflate[kBuffers],
            this._inflate[kTotalLength]
          );
          if (this._inflate._readableState.endEmitted) {
            this._inflate.close();
            this._inflate = null;
          } else {
            this._inflate[kTotalLength] = 0;
            this._inflate[kBuffers] = [];
            if (fin && this.params[`${endpoint}_no_context_takeover`]) {
              this._inflate.reset();
            }
          }
          callback(null, data2);
        });
      }
      /**
       * Compress data.
       *
       * @param {(Buffer|String)} data Data to compress
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @private
       */
      _compress(data, fin, callback) {
        const endpoint = this._isServer ? "server" : "client";
        if (!this._deflate) {
          const key = `${endpoint}_max_window_bits`;
          const windowBits = typeof this.params[key] !== "number" ? zlib.Z_DEFAULT_WINDOWBITS : this.params[key];
          this._deflate = zlib.createDeflateRaw({
            ...this._options.zlibDeflateOptions,
            windowBits
          });
          this._deflate[kTotalLength] = 0;
          this._deflate[kBuffers] = [];
          this._deflate.on("data", deflateOnData);
        }
        this._deflate[kCallback] = callback;
        this._deflate.write(data);
        this._deflate.flush(zlib.Z_SYNC_FLUSH, () => {
          if (!this._deflate) {
            return;
          }
          let data2 = bufferUtil.concat(
            this._deflate[kBuffers],
            this._deflate[kTotalLength]
          );
          if (fin) {
            data2 = new FastBuffer(data2.buffer, data2.byteOffset, data2.length - 4);
          }
          this._deflate[kCallback] = null;
          this._deflate[kTotalLength] = 0;
          this._deflate[kBuffers] = [];
          if (fin && this.params[`${endpoint}_no_context_takeover`]) {
            this._deflate.reset();
          }
          callback(null, data2);
        });
      }
    };
    module.exports = PerMessageDeflate2;
    function deflateOnData(chunk) {
      this[kBuffers].push(chunk);
      this[kTotalLength] += chunk.length;
    }
    function inflateOnData(chunk) {
      this[kTotalLength] += chunk.length;
      if (this[kPerMessageDeflate]._maxPayload < 1 || this[kTotalLength] <= this[kPerMessageDeflate]._maxPayload) {
        this[kBuffers].push(chunk);
        return;
      }
      this[kError] = new RangeError("Max payload size exceeded");
      this[kError].code = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
      this[kError][kStatusCode] = 1009;
      this.removeListener("data", inflateOnData);
      this.reset();
    }
    function inflateOnError(err) {
      this[kPerMessageDeflate]._inflate = null;
      if (this[kError]) {
        this[kCallback](this[kError]);
        return;
      }
      err[kStatusCode] = 1007;
      this[kCallback](err);
    }
  }
});

// ../node_modules/ws/lib/validation.js
var require_validation = __commonJS({
  "../node_modules/ws/lib/validation.js"(exports, module) {
    "use strict";
    var { isUtf8 } = __require("buffer");
    var { hasBlob } = require_constants();
    var tokenChars = [
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      // 0 - 15
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      // 16 - 31
      0,
      1,
      0,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      1,
      1,
      0,
      1,
      1,
      0,
      // 32 - 47
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      // 48 - 63
      0,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      // 64 - 79
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      1,
      1,
      // 80 - 95
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      // 96 - 111
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      1,
      0,
      1,
      0
      // 112 - 127
    ];
    function isValidStatusCode(code) {
      return code >= 1e3 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006 || code >= 3e3 && code <= 4999;
    }
    function _isValidUTF8(buf) {
      const len = buf.length;
      let i = 0;
      while (i < len) {
        if ((buf[i] & 128) === 0) {
          i++;
        } else if ((buf[i] & 224) === 192) {
          if (i + 1 === len || (buf[i + 1] & 192) !== 128 || (buf[i] & 254) === 192) {
            return false;
          }
          i += 2;
        } else if ((buf[i] & 240) === 224) {
          if (i + 2 >= len || (buf[i + 1] & 192) !== 128 || (buf[i + 2] & 192) !== 128 || buf[i] === 224 && (buf[i + 1] & 224) === 128 || // Overlong
          buf[i] === 237 && (buf[i + 1] & 224) === 160) {
            return false;
          }
          i += 3;
        } else if ((buf[i] & 248) === 240) {
          if (i + 3 >= len || (buf[i + 1] & 192) !== 128 || (buf[i + 2] & 192) !== 128 || (buf[i + 3] & 192) !== 128 || buf[i] === 240 && (buf[i + 1] & 240) === 128 || // Overlong
          buf[i] === 244 && buf[i + 1] > 143 || buf[i] > 244) {
            return false;
          }
          i += 4;
        } else {
          return false;
        }
      }
      return true;
    }
    function isBlob(value) {
      return hasBlob && typeof value === "object" && typeof value.arrayBuffer === "function" && typeof value.type === "string" && typeof value.stream === "function" && (value[Symbol.toStringTag] === "Blob" || value[Symbol.toStringTag] === "File");
    }
    module.exports = {
      isBlob,
      isValidStatusCode,
      isValidUTF8: _isValidUTF8,
      tokenChars
    };
    if (isUtf8) {
      module.exports.isValidUTF8 = function(buf) {
        return buf.length < 24 ? _isValidUTF8(buf) : isUtf8(buf);
      };
    } else if (!process.env.WS_NO_UTF_8_VALIDATE) {
      try {
        const isValidUTF8 = __require("utf-8-validate");
        module.exports.isValidUTF8 = function(buf) {
          return buf.length < 32 ? _isValidUTF8(buf) : isValidUTF8(buf);
        };
      } catch (e) {
      }
    }
  }
});

// ../node_modules/ws/lib/receiver.js
var require_receiver = __commonJS({
  "../node_modules/ws/lib/receiver.js"(exports, module) {
    "use strict";
    var { Writable } = __require("stream");
    var PerMessageDeflate2 = require_permessage_deflate();
    var {
      BINARY_TYPES,
      EMPTY_BUFFER,
      kStatusCode,
      kWebSocket
    } = require_constants();
    var { concat, toArrayBuffer, unmask } = require_buffer_util();
    var { isValidStatusCode, isValidUTF8 } = require_validation();
    var FastBuffer = Buffer[Symbol.species];
    var GET_INFO = 0;
    var GET_PAYLOAD_LENGTH_16 = 1;
    var GET_PAYLOAD_LENGTH_64 = 2;
    var GET_MASK = 3;
    var GET_DATA = 4;
    var INFLATING = 5;
    var DEFER_EVENT = 6;
    var Receiver2 = class extends Writable {
      /**
       * Creates a Receiver instance.
       *
       * @param {Object} [options] Options object
       * @param {Boolean} [options.allowSynchronousEvents=true] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {String} [options.binaryType=nodebuffer] The type for binary data
       * @param {Object} [options.extensions] An object containing the negotiated
       *     extensions
       * @param {Boolean} [options.isServer=false] Specifies whether to operate in
       *     client or server mode
       * @param {Number} [options.maxBufferedChunks=0] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=0] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=0] The maximum allowed message length
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       */
      constructor(options2 = {}) {
        super();
        this._allowSynchronousEvents = options2.allowSynchronousEvents !== void 0 ? options2.allowSynchronousEvents : true;
        this._binaryType = options2.binaryType || BINARY_TYPES[0];
        this._extensions = options2.extensions || {};
        this._isServer = !!options2.isServer;
        this._maxBufferedChunks = options2.maxBufferedChunks | 0;
        this._maxFragments = options2.maxFragments | 0;
        this._maxPayload = options2.maxPayload | 0;
        this._skipUTF8Validation = !!options2.skipUTF8Validation;
        this[kWebSocket] = void 0;
        this._bufferedBytes = 0;
        this._buffers = [];
        this._compressed = false;
        this._payloadLength = 0;
        this._mask = void 0;
        this._fragmented = 0;
        this._masked = false;
        this._fin = false;
        this._opcode = 0;
        this._totalPayloadLength = 0;
        this._messageLength = 0;
        this._numFragments = 0;
        this._fragments = [];
        this._errored = false;
        this._loop = false;
        this._state = GET_INFO;
      }
      /**
       * Implements `Writable.prototype._write()`.
       *
       * @param {Buffer} chunk The chunk of data to write
       * @param {String} encoding The character encoding of `chunk`
       * @param {Function} cb Callback
       * @private
       */
      _write(chunk, encoding, cb) {
        if (this._opcode === 8 && this._state == GET_INFO) return cb();
        if (this._maxBufferedChunks > 0 && this._buffers.length >= this._maxBufferedChunks) {
          cb(
            this.createError(
              RangeError,
              "Too many buffered chunks",
              false,
              1008,
              "WS_ERR_TOO_MANY_BUFFERED_PARTS"
            )
          );
          return;
        }
        this._bufferedBytes += chunk.length;
        this._buffers.push(chunk);
        this.startLoop(cb);
      }
      /**
       * Consumes `n` bytes from the buffered data.
       *
       * @param {Number} n The number of bytes to consume
       * @return {Buffer} The consumed bytes
       * @private
       */
      consume(n) {
        this._bufferedBytes -= n;
        if (n === this._buffers[0].length) return this._buffers.shift();
        if (n < this._buffers[0].length) {
          const buf = this._buffers[0];
          this._buffers[0] = new FastBuffer(
            buf.buffer,
            buf.byteOffset + n,
            buf.length - n
          );
          return new FastBuffer(buf.buffer, buf.byteOffset, n);
        }
        const dst = Buffer.allocUnsafe(n);
        do {
          const buf = this._buffers[0];
          const offset = dst.length - n;
          if (n >= buf.length) {
            dst.set(this._buffers.shift(), offset);
          } else {
            dst.set(new Uint8Array(buf.buffer, buf.byteOffset, n), offset);
            this._buffers[0] = new FastBuffer(
              buf.buffer,
              buf.byteOffset + n,
              buf.length - n
            );
          }
          n -= buf.length;
        } while (n > 0);
        return dst;
      }
      /**
       * Starts the parsing loop.
       *
       * @param {Function} cb Callback
       * @private
       */
      startLoop(cb) {
        this._loop = true;
        do {
          switch (this._state) {
            case GET_INFO:
              this.getInfo(cb);
              break;
            case GET_PAYLOAD_LENGTH_16:
              this.getPayloadLength16(cb);
              break;
            case GET_PAYLOAD_LENGTH_64:
              this.getPayloadLength64(cb);
              break;
            case GET_MASK:
              this.getMask();
              break;
            case GET_DATA:
              this.getData(cb);
              break;
            case INFLATING:
            case DEFER_EVENT:
              this._loop = false;
              return;
          }
        } while (this._loop);
        if (!this._errored) cb();
      }
      /**
       * Reads the first two bytes of a frame.
       *
       * @param {Function} cb Callback
       * @private
       */
      getInfo(cb) {
        if (this._bufferedBytes < 2) {
          this._loop = false;
          return;
        }
        const buf = this.consume(2);
        if ((buf[0] & 48) !== 0) {
          const error = this.createError(
            RangeError,
            "RSV2 and RSV3 must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_RSV_2_3"
          );
          cb(error);
          return;
        }
        const compressed = (buf[0] & 64) === 64;
        if (compressed && !this._extensions[PerMessageDeflate2.extensionName]) {
          const error = this.createError(
            RangeError,
            "RSV1 must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_RSV_1"
          );
          cb(error);
          return;
        }
        this._fin = (buf[0] & 128) === 128;
        this._opcode = buf[0] & 15;
        this._payloadLength = buf[1] & 127;
        if (this._opcode === 0) {
          if (compressed) {
            const error = this.createError(
              RangeError,
              "RSV1 must be clear",
              true,
              1002,
              "WS_ERR_UNEXPECTED_RSV_1"
            );
            cb(error);
            return;
          }
          if (!this._fragmented) {
            const error = this.createError(
              RangeError,
              "invalid opcode 0",
              true,
              1002,
              "WS_ERR_INVALID_OPCODE"
            );
            cb(error);
            return;
          }
          this._opcode = this._fragmented;
        } else if (this._opcode === 1 || this._opcode === 2) {
          if (this._fragmented) {
            const error = this.createError(
              RangeError,
              `invalid opcode ${this._opcode}`,
              true,
              1002,
              "WS_ERR_INVALID_OPCODE"
            );
            cb(error);
            return;
          }
          this._compressed = compressed;
        } else if (this._opcode > 7 && this._opcode < 11) {
          if (!this._fin) {
            const error = this.createError(
              RangeError,
              "FIN must be set",
              true,
              1002,
              "WS_ERR_EXPECTED_FIN"
            );
            cb(error);
            return;
          }
          if (compressed) {
            const error = this.createError(
              RangeError,
              "RSV1 must be clear",
              true,
              1002,
              "WS_ERR_UNEXPECTED_RSV_1"
            );
            cb(error);
            return;
          }
          if (this._payloadLength > 125 || this._opcode === 8 && this._payloadLength === 1) {
            const error = this.createError(
              RangeError,
              `invalid payload length ${this._payloadLength}`,
              true,
              1002,
              "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"
            );
            cb(error);
            return;
          }
        } else {
          const error = this.createError(
            RangeError,
            `invalid opcode ${this._opcode}`,
            true,
            1002,
            "WS_ERR_INVALID_OPCODE"
          );
          cb(error);
          return;
        }
        if (!this._fin && !this._fragmented) this._fragmented = this._opcode;
        this._masked = (buf[1] & 128) === 128;
        if (this._isServer) {
          if (!this._masked) {
            const error = this.createError(
              RangeError,
              "MASK must be set",
              true,
              1002,
              "WS_ERR_EXPECTED_MASK"
            );
            cb(error);
            return;
          }
        } else if (this._masked) {
          const error = this.createError(
            RangeError,
            "MASK must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_MASK"
          );
          cb(error);
          return;
        }
        if (this._payloadLength === 126) this._state = GET_PAYLOAD_LENGTH_16;
        else if (this._payloadLength === 127) this._state = GET_PAYLOAD_LENGTH_64;
        else this.haveLength(cb);
      }
      /**
       * Gets extended payload length (7+16).
       *
       * @param {Function} cb Callback
       * @private
       */
      getPayloadLength16(cb) {
        if (this._bufferedBytes < 2) {
          this._loop = false;
          return;
        }
        this._payloadLength = this.consume(2).readUInt16BE(0);
        this.haveLength(cb);
      }
      /**
       * Gets extended payload length (7+64).
       *
       * @param {Function} cb Callback
       * @private
       */
      getPayloadLength64(cb) {
        if (this._bufferedBytes < 8) {
          this._loop = false;
          return;
        }
        const buf = this.consume(8);
        const num = buf.readUInt32BE(0);
        if (num > Math.pow(2, 53 - 32) - 1) {
          const error = this.createError(
            RangeError,
            "Unsupported WebSocket frame: payload length > 2^53 - 1",
            false,
            1009,
            "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"
          );
          cb(error);
          return;
        }
        this._payloadLength = num * Math.pow(2, 32) + buf.readUInt32BE(4);
        this.haveLength(cb);
      }
      /**
       * Payload length has been read.
       *
       * @param {Function} cb Callback
       * @private
       */
      haveLength(cb) {
        if (this._payloadLength && this._opcode < 8) {
          this._totalPayloadLength += this._payloadLength;
          if (this._totalPayloadLength > this._maxPayload && this._maxPayload > 0) {
            const error = this.createError(
              RangeError,
              "Max payload size exceeded",
              false,
              1009,
              "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
            );
            cb(error);
            return;
          }
        }
        if (this._masked) this._state = GET_MASK;
        else this._state = GET_DATA;
      }
      /**
       * Reads mask bytes.
       *
       * @private
       */
      getMask() {
        if (this._bufferedBytes < 4) {
          this._loop = false;
          return;
        }
        this._mask = this.consume(4);
        this._state = GET_DATA;
      }
      /**
       * Reads data bytes.
       *
       * @param {Function} cb Callback
       * @private
       */
      getData(cb) {
        let data = EMPTY_BUFFER;
        if (this._payloadLength) {
          if (this._bufferedBytes < this._payloadLength) {
            this._loop = false;
            return;
          }
          data = this.consume(this._payloadLength);
          if (this._masked && (this._mask[0] | this._mask[1] | this._mask[2] | this._mask[3]) !== 0) {
            unmask(data, this._mask);
          }
        }
        this._mask = void 0;
        if (this._opcode > 7) {
          this.controlMessage(data, cb);
          return;
        }
        if (this._maxFragments > 0 && ++this._numFragments > this._maxFragments) {
          const error = this.createError(
            RangeError,
            "Too many message fragments",
            false,
            1008,
            "WS_ERR_TOO_MANY_BUFFERED_PARTS"
          );
          cb(error);
          return;
        }
        if (this._compressed) {
          this._state = INFLATING;
          this.decompress(data, cb);
          return;
        }
        if (data.length) {
          this._messageLength = this._totalPayloadLength;
          this._fragments.push(data);
        }
        this.dataMessage(cb);
      }
      /**
       * Decompresses data.
       *
       * @param {Buffer} data Compressed data
       * @param {Function} cb Callback
       * @private
       */
      decompress(data, cb) {
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        perMessageDeflate.decompress(data, this._fin, (err, buf) => {
          if (err) return cb(err);
          if (buf.length) {
            this._messageLength += buf.length;
            if (this._messageLength > this._maxPayload && this._maxPayload > 0) {
              const error = this.createError(
                RangeError,
                "Max payload size exceeded",
                false,
                1009,
                "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
              );
              cb(error);
              return;
            }
            this._fragments.push(buf);
          }
          this.dataMessage(cb);
          if (this._state === GET_INFO) this.startLoop(cb);
        });
      }
      /**
       * Handles a data message.
       *
       * @param {Function} cb Callback
       * @private
       */
      dataMessage(cb) {
        if (!this._fin) {
          this._state = GET_INFO;
          return;
        }
        const messageLength = this._messageLength;
        const fragments = this._fragments;
        this._totalPayloadLength = 0;
        this._messageLength = 0;
        this._fragmented = 0;
        this._numFragments = 0;
        this._fragments = [];
        if (this._opcode === 2) {
          let data;
          if (this._binaryType === "nodebuffer") {
            data = concat(fragments, messageLength);
          } else if (this._binaryType === "arraybuffer") {
            data = toArrayBuffer(concat(fragments, messageLength));
          } else if (this._binaryType === "blob") {
            data = new Blob(fragments);
          } else {
            data = fragments;
          }
          if (this._allowSynchronousEvents) {
            this.emit("message", data, true);
            this._state = GET_INFO;
          } else {
            this._state = DEFER_EVENT;
            setImmediate(() => {
              this.emit("message", data, true);
              this._state = GET_INFO;
              this.startLoop(cb);
            });
          }
        } else {
          const buf = concat(fragments, messageLength);
          if (!this._skipUTF8Validation && !isValidUTF8(buf)) {
            const error = this.createError(
              Error,
              "invalid UTF-8 sequence",
              true,
              1007,
              "WS_ERR_INVALID_UTF8"
            );
            cb(error);
            return;
          }
          if (this._state === INFLATING || this._allowSynchronousEvents) {
            this.emit("message", buf, false);
            this._state = GET_INFO;
          } else {
            this._state = DEFER_EVENT;
            setImmediate(() => {
              this.emit("message", buf, false);
              this._state = GET_INFO;
              this.startLoop(cb);
            });
          }
        }
      }
      /**
       * Handles a control message.
       *
       * @param {Buffer} data Data to handle
       * @return {(Error|RangeError|undefined)} A possible error
       * @private
       */
      controlMessage(data, cb) {
        if (this._opcode === 8) {
          if (data.length === 0) {
            this._loop = false;
            this.emit("conclude", 1005, EMPTY_BUFFER);
            this.end();
          } else {
            const code = data.readUInt16BE(0);
            if (!isValidStatusCode(code)) {
              const error = this.createError(
                RangeError,
                `invalid status code ${code}`,
                true,
                1002,
                "WS_ERR_INVALID_CLOSE_CODE"
              );
              cb(error);
              return;
            }
            const buf = new FastBuffer(
              data.buffer,
              data.byteOffset + 2,
              data.length - 2
            );
            if (!this._skipUTF8Validation && !isValidUTF8(buf)) {
              const error = this.createError(
                Error,
                "invalid UTF-8 sequence",
                true,
                1007,
                "WS_ERR_INVALID_UTF8"
              );
              cb(error);
              return;
            }
            this._loop = false;
            this.emit("conclude", code, buf);
            this.end();
          }
          this._state = GET_INFO;
          return;
        }
        if (this._allowSynchronousEvents) {
          this.emit(this._opcode === 9 ? "ping" : "pong", data);
          this._state = GET_INFO;
        } else {
          this._state = DEFER_EVENT;
          setImmediate(() => {
            this.emit(this._opcode === 9 ? "ping" : "pong", data);
            this._state = GET_INFO;
            this.startLoop(cb);
          });
        }
      }
      /**
       * Builds an error object.
       *
       * @param {function(new:Error|RangeError)} ErrorCtor The error constructor
       * @param {String} message The error message
       * @param {Boolean} prefix Specifies whether or not to add a default prefix to
       *     `message`
       * @param {Number} statusCode The status code
       * @param {String} errorCode The exposed error code
       * @return {(Error|RangeError)} The error
       * @private
       */
      createError(ErrorCtor, message, prefix, statusCode, errorCode) {
        this._loop = false;
        this._errored = true;
        const err = new ErrorCtor(
          prefix ? `Invalid WebSocket frame: ${message}` : message
        );
        Error.captureStackTrace(err, this.createError);
        err.code = errorCode;
        err[kStatusCode] = statusCode;
        return err;
      }
    };
    module.exports = Receiver2;
  }
});

// ../node_modules/ws/lib/sender.js
var require_sender = __commonJS({
  "../node_modules/ws/lib/sender.js"(exports, module) {
    "use strict";
    var { Duplex } = __require("stream");
    var { randomFillSync } = __require("crypto");
    var {
      types: { isUint8Array }
    } = __require("util");
    var PerMessageDeflate2 = require_permessage_deflate();
    var { EMPTY_BUFFER, kWebSocket, NOOP } = require_constants();
    var { isBlob, isValidStatusCode } = require_validation();
    var { mask: applyMask, toBuffer } = require_buffer_util();
    var kByteLength = /* @__PURE__ */ Symbol("kByteLength");
    var maskBuffer = Buffer.alloc(4);
    var RANDOM_POOL_SIZE = 8 * 1024;
    var randomPool;
    var randomPoolPointer = RANDOM_POOL_SIZE;
    var DEFAULT = 0;
    var DEFLATING = 1;
    var GET_BLOB_DATA = 2;
    var Sender2 = class _Sender {
      /**
       * Creates a Sender instance.
       *
       * @param {Duplex} socket The connection socket
       * @param {Object} [extensions] An object containing the negotiated extensions
       * @param {Function} [generateMask] The function used to generate the masking
       *     key
       */
      constructor(socket, extensions, generateMask) {
        this._extensions = extensions || {};
        if (generateMask) {
          this._generateMask = generateMask;
          this._maskBuffer = Buffer.alloc(4);
        }
        this._socket = socket;
        this._firstFragment = true;
        this._compress = false;
        this._bufferedBytes = 0;
        this._queue = [];
        this._state = DEFAULT;
        this.onerror = NOOP;
        this[kWebSocket] = void 0;
      }
      /**
       * Frames a piece of data according to the HyBi WebSocket protocol.
       *
       * @param {(Buffer|String)} data The data to frame
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @return {(Buffer|String)[]} The framed data
       * @public
       */
      static frame(data, options2) {
        let mask;
        let merge = false;
        let offset = 2;
        let skipMasking = false;
        if (options2.mask) {
          mask = options2.maskBuffer || maskBuffer;
          if (options2.generateMask) {
            options2.generateMask(mask);
          } else {
            if (randomPoolPointer === RANDOM_POOL_SIZE) {
              if (randomPool === void 0) {
                randomPool = Buffer.alloc(RANDOM_POOL_SIZE);
              }
              randomFillSync(randomPool, 0, RANDOM_POOL_SIZE);
              randomPoolPointer = 0;
            }
            mask[0] = randomPool[randomPoolPointer++];
            mask[1] = randomPool[randomPoolPointer++];
            mask[2] = randomPool[randomPoolPointer++];
            mask[3] = randomPool[randomPoolPointer++];
          }
          skipMasking = (mask[0] | mask[1] | mask[2] | mask[3]) === 0;
          offset = 6;
        }
        let dataLength;
        if (typeof data === "string") {
          if ((!options2.mask || skipMasking) && options2[kByteLength] !== void 0) {
            dataLength = options2[kByteLength];
          } else {
            data = Buffer.from(data);
            dataLength = data.length;
          }
        } else {
          dataLength = data.length;
          merge = options2.mask && options2.readOnly && !skipMasking;
        }
        let payloadLength = dataLength;
        if (dataLength >= 65536) {
          offset += 8;
          payloadLength = 127;
        } else if (dataLength > 125) {
          offset += 2;
          payloadLength = 126;
        }
        const target = Buffer.allocUnsafe(merge ? dataLength + offset : offset);
        target[0] = options2.fin ? options2.opcode | 128 : options2.opcode;
        if (options2.rsv1) target[0] |= 64;
        target[1] = payloadLength;
        if (payloadLength === 126) {
          target.writeUInt16BE(dataLength, 2);
        } else if (payloadLength === 127) {
          target[2] = target[3] = 0;
          target.writeUIntBE(dataLength, 4, 6);
        }
        if (!options2.mask) {
          return dataLength ? [target, data] : [target];
        }
        target[1] |= 128;
        target[offset - 4] = mask[0];
        target[offset - 3] = mask[1];
        target[offset - 2] = mask[2];
        target[offset - 1] = mask[3];
        if (!dataLength) return [target];
        if (skipMasking) return [target, data];
        if (merge) {
          applyMask(data, mask, target, offset, dataLength);
          return [target];
        }
        applyMask(data, mask, data, 0, dataLength);
        return [target, data];
      }
      /**
       * Sends a close message to the other peer.
       *
       * @param {Number} [code] The status code component of the body
       * @param {(String|Buffer)} [data] The message component of the body
       * @param {Boolean} [mask=false] Specifies whether or not to mask the message
       * @param {Function} [cb] Callback
       * @public
       */
      close(code, data, mask, cb) {
        let buf;
        if (code === void 0) {
          buf = EMPTY_BUFFER;
        } else if (typeof code !== "number" || !isValidStatusCode(code)) {
          throw new TypeError("First argument must be a valid error code number");
        } else if (data === void 0 || !data.length) {
          buf = Buffer.allocUnsafe(2);
          buf.writeUInt16BE(code, 0);
        } else {
          const length = Buffer.byteLength(data);
          if (length > 123) {
            throw new RangeError("The message must not be greater than 123 bytes");
          }
          buf = Buffer.allocUnsafe(2 + length);
          buf.writeUInt16BE(code, 0);
          if (typeof data === "string") {
            buf.write(data, 2);
          } else if (isUint8Array(data)) {
            buf.set(data, 2);
          } else {
            throw new TypeError("Second argument must be a string or a Uint8Array");
          }
        }
        const options2 = {
          [kByteLength]: buf.length,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 8,
          readOnly: false,
          rsv1: false
        };
        if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, buf, false, options2, cb]);
        } else {
          this.sendFrame(_Sender.frame(buf, options2), cb);
        }
      }
      /**
       * Sends a ping message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Boolean} [mask=false] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback
       * @public
       */
      ping(data, mask, cb) {
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (byteLength > 125) {
          throw new RangeError("The data size must not be greater than 125 bytes");
        }
        const options2 = {
          [kByteLength]: byteLength,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 9,
          readOnly,
          rsv1: false
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, false, options2, cb]);
          } else {
            this.getBlobData(data, false, options2, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, false, options2, cb]);
        } else {
          this.sendFrame(_Sender.frame(data, options2), cb);
        }
      }
      /**
       * Sends a pong message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Boolean} [mask=false] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback
       * @public
       */
      pong(data, mask, cb) {
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (byteLength > 125) {
          throw new RangeError("The data size must not be greater than 125 bytes");
        }
        const options2 = {
          [kByteLength]: byteLength,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 10,
          readOnly,
          rsv1: false
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, false, options2, cb]);
          } else {
            this.getBlobData(data, false, options2, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, false, options2, cb]);
        } else {
          this.sendFrame(_Sender.frame(data, options2), cb);
        }
      }
      /**
       * Sends a data message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Object} options Options object
       * @param {Boolean} [options.binary=false] Specifies whether `data` is binary
       *     or text
       * @param {Boolean} [options.compress=false] Specifies whether or not to
       *     compress `data`
       * @param {Boolean} [options.fin=false] Specifies whether the fragment is the
       *     last one
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Function} [cb] Callback
       * @public
       */
      send(data, options2, cb) {
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        let opcode = options2.binary ? 2 : 1;
        let rsv1 = options2.compress;
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (this._firstFragment) {
          this._firstFragment = false;
          if (rsv1 && perMessageDeflate && perMessageDeflate.params[perMessageDeflate._isServer ? "server_no_context_takeover" : "client_no_context_takeover"]) {
            rsv1 = byteLength >= perMessageDeflate._threshold;
          }
          this._compress = rsv1;
        } else {
          rsv1 = false;
          opcode = 0;
        }
        if (options2.fin) this._firstFragment = true;
        const opts = {
          [kByteLength]: byteLength,
          fin: options2.fin,
          generateMask: this._generateMask,
          mask: options2.mask,
          maskBuffer: this._maskBuffer,
          opcode,
          readOnly,
          rsv1
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, this._compress, opts, cb]);
          } else {
            this.getBlobData(data, this._compress, opts, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, this._compress, opts, cb]);
        } else {
          this.dispatch(data, this._compress, opts, cb);
        }
      }
      /**
       * Gets the contents of a blob as binary data.
       *
       * @param {Blob} blob The blob
       * @param {Boolean} [compress=false] Specifies whether or not to compress
       *     the data
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @param {Function} [cb] Callback
       * @private
       */
      getBlobData(blob, compress, options2, cb) {
        this._bufferedBytes += options2[kByteLength];
        this._state = GET_BLOB_DATA;
        blob.arrayBuffer().then((arrayBuffer) => {
          if (this._socket.destroyed) {
            const err = new Error(
              "The socket was closed while the blob was being read"
            );
            process.nextTick(callCallbacks, this, err, cb);
            return;
          }
          this._bufferedBytes -= options2[kByteLength];
          const data = toBuffer(arrayBuffer);
          if (!compress) {
            this._state = DEFAULT;
            this.sendFrame(_Sender.frame(data, options2), cb);
            this.dequeue();
          } else {
            this.dispatch(data, compress, options2, cb);
          }
        }).catch((err) => {
          process.nextTick(onError, this, err, cb);
        });
      }
      /**
       * Dispatches a message.
       *
       * @param {(Buffer|String)} data The message to send
       * @param {Boolean} [compress=false] Specifies whether or not to compress
       *     `data`
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @param {Function} [cb] Callback
       * @private
       */
      dispatch(data, compress, options2, cb) {
        if (!compress) {
          this.sendFrame(_Sender.frame(data, options2), cb);
          return;
        }
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        this._bufferedBytes += options2[kByteLength];
        this._state = DEFLATING;
        perMessageDeflate.compress(data, options2.fin, (_, buf) => {
          if (this._socket.destroyed) {
            const err = new Error(
              "The socket was closed while data was being compressed"
            );
            callCallbacks(this, err, cb);
            return;
          }
          this._bufferedBytes -= options2[kByteLength];
          this._state = DEFAULT;
          options2.readOnly = false;
          this.sendFrame(_Sender.frame(buf, options2), cb);
          this.dequeue();
        });
      }
      /**
       * Executes queued send operations.
       *
       * @private
       */
      dequeue() {
        while (this._state === DEFAULT && this._queue.length) {
          const params = this._queue.shift();
          this._bufferedBytes -= params[3][kByteLength];
          Reflect.apply(params[0], this, params.slice(1));
        }
      }
      /**
       * Enqueues a send operation.
       *
       * @param {Array} params Send operation parameters.
       * @private
       */
      enqueue(params) {
        this._bufferedBytes += params[3][kByteLength];
        this._queue.push(params);
      }
      /**
       * Sends a frame.
       *
       * @param {(Buffer | String)[]} list The frame to send
       * @param {Function} [cb] Callback
       * @private
       */
      sendFrame(list2, cb) {
        if (list2.length === 2) {
          this._socket.cork();
          this._socket.write(list2[0]);
          this._socket.write(list2[1], cb);
          this._socket.uncork();
        } else {
          this._socket.write(list2[0], cb);
        }
      }
    };
    module.exports = Sender2;
    function callCallbacks(sender, err, cb) {
      if (typeof cb === "function") cb(err);
      for (let i = 0; i < sender._queue.length; i++) {
        const params = sender._queue[i];
        const callback = params[params.length - 1];
        if (typeof callback === "function") callback(err);
      }
    }
    function onError(sender, err, cb) {
      callCallbacks(sender, err, cb);
      sender.onerror(err);
    }
  }
});

// ../node_modules/ws/lib/event-target.js
var require_event_target = __commonJS({
  "../node_modules/ws/lib/event-target.js"(exports, module) {
    "use strict";
    var { kForOnEventAttribute, kListener } = require_constants();
    var kCode = /* @__PURE__ */ Symbol("kCode");
    var kData = /* @__PURE__ */ Symbol("kData");
    var kError = /* @__PURE__ */ Symbol("kError");
    var kMessage = /* @__PURE__ */ Symbol("kMessage");
    var kReason = /* @__PURE__ */ Symbol("kReason");
    var kTarget = /* @__PURE__ */ Symbol("kTarget");
    var kType = /* @__PURE__ */ Symbol("kType");
    var kWasClean = /* @__PURE__ */ Symbol("kWasClean");
    var Event = class {
      /**
       * Create a new `Event`.
       *
       * @param {String} type The name of the event
       * @throws {TypeError} If the `type` argument is not specified
       */
      constructor(type) {
        this[kTarget] = null;
        this[kType] = type;
      }
      /**
       * @type {*}
       */
      get target() {
        return this[kTarget];
      }
      /**
       * @type {String}
       */
      get type() {
        return this[kType];
      }
    };
    Object.defineProperty(Event.prototype, "target", { enumerable: true });
    Object.defineProperty(Event.prototype, "type", { enumerable: true });
    var CloseEvent = class extends Event {
      /**
       * Create a new `CloseEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {Number} [options.code=0] The status code explaining why the
       *     connection was closed
       * @param {String} [options.reason=''] A human-readable string explaining why
       *     the connection was closed
       * @param {Boolean} [options.wasClean=false] Indicates whether or not the
       *     connection was cleanly closed
       */
      constructor(type, options2 = {}) {
        super(type);
        this[kCode] = options2.code === void 0 ? 0 : options2.code;
        this[kReason] = options2.reason === void 0 ? "" : options2.reason;
        this[kWasClean] = options2.wasClean === void 0 ? false : options2.wasClean;
      }
      /**
       * @type {Number}
       */
      get code() {
        return this[kCode];
      }
      /**
       * @type {String}
       */
      get reason() {
        return this[kReason];
      }
      /**
       * @type {Boolean}
       */
      get wasClean() {
        return this[kWasClean];
      }
    };
    Object.defineProperty(CloseEvent.prototype, "code", { enumerable: true });
    Object.defineProperty(CloseEvent.prototype, "reason", { enumerable: true });
    Object.defineProperty(CloseEvent.prototype, "wasClean", { enumerable: true });
    var ErrorEvent = class extends Event {
      /**
       * Create a new `ErrorEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {*} [options.error=null] The error that generated this event
       * @param {String} [options.message=''] The error message
       */
      constructor(type, options2 = {}) {
        super(type);
        this[kError] = options2.error === void 0 ? null : options2.error;
        this[kMessage] = options2.message === void 0 ? "" : options2.message;
      }
      /**
       * @type {*}
       */
      get error() {
        return this[kError];
      }
      /**
       * @type {String}
       */
      get message() {
        return this[kMessage];
      }
    };
    Object.defineProperty(ErrorEvent.prototype, "error", { enumerable: true });
    Object.defineProperty(ErrorEvent.prototype, "message", { enumerable: true });
    var MessageEvent = class extends Event {
      /**
       * Create a new `MessageEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {*} [options.data=null] The message content
       */
      constructor(type, options2 = {}) {
        super(type);
        this[kData] = options2.data === void 0 ? null : options2.data;
      }
      /**
       * @type {*}
       */
      get data() {
        return this[kData];
      }
    };
    Object.defineProperty(MessageEvent.prototype, "data", { enumerable: true });
    var EventTarget = {
      /**
       * Register an event listener.
       *
       * @param {String} type A string representing the event type to listen for
       * @param {(Function|Object)} handler The listener to add
       * @param {Object} [options] An options object specifies characteristics about
       *     the event listener
       * @param {Boolean} [options.once=false] A `Boolean` indicating that the
       *     listener should be invoked at most once after being added. If `true`,
       *     the listener would be automatically removed when invoked.
       * @public
       */
      addEventListener(type, handler, options2 = {}) {
        for (const listener of this.listeners(type)) {
          if (!options2[kForOnEventAttribute] && listener[kListener] === handler && !listener[kForOnEventAttribute]) {
            return;
          }
        }
        let wrapper;
        if (type === "message") {
          wrapper = function onMessage(data, isBinary) {
            const event = new MessageEvent("message", {
              data: isBinary ? data : data.toString()
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "close") {
          wrapper = function onClose(code, message) {
            const event = new CloseEvent("close", {
              code,
              reason: message.toString(),
              wasClean: this._closeFrameReceived && this._closeFrameSent
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "error") {
          wrapper = function onError(error) {
            const event = new ErrorEvent("error", {
              error,
              message: error.message
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "open") {
          wrapper = function onOpen() {
            const event = new Event("open");
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else {
          return;
        }
        wrapper[kForOnEventAttribute] = !!options2[kForOnEventAttribute];
        wrapper[kListener] = handler;
        if (options2.once) {
          this.once(type, wrapper);
        } else {
          this.on(type, wrapper);
        }
      },
      /**
       * Remove an event listener.
       *
       * @param {String} type A string representing the event type to remove
       * @param {(Function|Object)} handler The listener to remove
       * @public
       */
      removeEventListener(type, handler) {
        for (const listener of this.listeners(type)) {
          if (listener[kListener] === handler && !listener[kForOnEventAttribute]) {
            this.removeListener(type, listener);
            break;
          }
        }
      }
    };
    module.exports = {
      CloseEvent,
      ErrorEvent,
      Event,
      EventTarget,
      MessageEvent
    };
    function callListener(listener, thisArg, event) {
      if (typeof listener === "object" && listener.handleEvent) {
        listener.handleEvent.call(listener, event);
      } else {
        listener.call(thisArg, event);
      }
    }
  }
});

// ../node_modules/ws/lib/extension.js
var require_extension = __commonJS({
  "../node_modules/ws/lib/extension.js"(exports, module) {
    "use strict";
    var { tokenChars } = require_validation();
    function push(dest, name, elem) {
      if (dest[name] === void 0) dest[name] = [elem];
      else dest[name].push(elem);
    }
    function parse(header) {
      const offers = /* @__PURE__ */ Object.create(null);
      let params = /* @__PURE__ */ Object.create(null);
      let mustUnescape = false;
      let isEscaping = false;
      let inQuotes = false;
      let extensionName;
      let paramName;
      let start = -1;
      let code = -1;
      let end = -1;
      let i = 0;
      for (; i < header.length; i++) {
        code = header.charCodeAt(i);
        if (extensionName === void 0) {
          if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (i !== 0 && (code === 32 || code === 9)) {
            if (end === -1 && start !== -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            const name = header.slice(start, end);
            if (code === 44) {
              push(offers, name, params);
              params = /* @__PURE__ */ Object.create(null);
            } else {
              extensionName = name;
            }
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        } else if (paramName === void 0) {
          if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (code === 32 || code === 9) {
            if (end === -1 && start !== -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            push(params, header.slice(start, end), true);
            if (code === 44) {
              push(offers, extensionName, params);
              params = /* @__PURE__ */ Object.create(null);
              extensionName = void 0;
            }
            start = end = -1;
          } else if (code === 61 && start !== -1 && end === -1) {
            paramName = header.slice(start, i);
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        } else {
          if (isEscaping) {
            if (tokenChars[code] !== 1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (start === -1) start = i;
            else if (!mustUnescape) mustUnescape = true;
            isEscaping = false;
          } else if (inQuotes) {
            if (tokenChars[code] === 1) {
              if (start === -1) start = i;
            } else if (code === 34 && start !== -1) {
              inQuotes = false;
              end = i;
            } else if (code === 92) {
              isEscaping = true;
            } else {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
          } else if (code === 34 && header.charCodeAt(i - 1) === 61) {
            inQuotes = true;
          } else if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (start !== -1 && (code === 32 || code === 9)) {
            if (end === -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            let value = header.slice(start, end);
            if (mustUnescape) {
              value = value.replace(/\\/g, "");
              mustUnescape = false;
            }
            push(params, paramName, value);
            if (code === 44) {
              push(offers, extensionName, params);
              params = /* @__PURE__ */ Object.create(null);
              extensionName = void 0;
            }
            paramName = void 0;
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        }
      }
      if (start === -1 || inQuotes || code === 32 || code === 9) {
        throw new SyntaxError("Unexpected end of input");
      }
      if (end === -1) end = i;
      const token = header.slice(start, end);
      if (extensionName === void 0) {
        push(offers, token, params);
      } else {
        if (paramName === void 0) {
          push(params, token, true);
        } else if (mustUnescape) {
          push(params, paramName, token.replace(/\\/g, ""));
        } else {
          push(params, paramName, token);
        }
        push(offers, extensionName, params);
      }
      return offers;
    }
    function format(extensions) {
      return Object.keys(extensions).map((extension2) => {
        let configurations = extensions[extension2];
        if (!Array.isArray(configurations)) configurations = [configurations];
        return configurations.map((params) => {
          return [extension2].concat(
            Object.keys(params).map((k) => {
              let values = params[k];
              if (!Array.isArray(values)) values = [values];
              return values.map((v) => v === true ? k : `${k}=${v}`).join("; ");
            })
          ).join("; ");
        }).join(", ");
      }).join(", ");
    }
    module.exports = { format, parse };
  }
});

// ../node_modules/ws/lib/websocket.js
var require_websocket = __commonJS({
  "../node_modules/ws/lib/websocket.js"(exports, module) {
    "use strict";
    var EventEmitter = __require("events");
    var https = __require("https");
    var http = __require("http");
    var net = __require("net");
    var querystring = __require("querystring");
    var tls = __require("tls");
    var { randomBytes: randomBytes2, createHash } = __require("crypto");
    var { Duplex, Readable } = __require("stream");
    var { URL: URL2 } = __require("url");
    var PerMessageDeflate2 = require_permessage_deflate();
    var Receiver2 = require_receiver();
    var Sender2 = require_sender();
    var { isBlob } = require_validation();
    var {
      BINARY_TYPES,
      CLOSE_TIMEOUT,
      EMPTY_BUFFER,
      GUID,
      kForOnEventAttribute,
      kListener,
      kStatusCode,
      kWebSocket,
      NOOP
    } = require_constants();
    var {
      EventTarget: { addEventListener, removeEventListener }
    } = require_event_target();
    var { format, parse } = require_extension();
    var { toBuffer } = require_buffer_util();
    var kAborted = /* @__PURE__ */ Symbol("kAborted");
    var protocolVersions = [8, 13];
    var readyStates = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
    var subprotocolRegex = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;
    var WebSocket2 = class _WebSocket extends EventEmitter {
      /**
       * Create a new `WebSocket`.
       *
       * @param {(String|URL)} address The URL to which to connect
       * @param {(String|String[])} [protocols] The subprotocols
       * @param {Object} [options] Connection options
       */
      constructor(address, protocols, options2) {
        super();
        this._binaryType = BINARY_TYPES[0];
        this._closeCode = 1006;
        this._closeFrameReceived = false;
        this._closeFrameSent = false;
        this._closeMessage = EMPTY_BUFFER;
        this._closeTimer = null;
        this._errorEmitted = false;
        this._extensions = {};
        this._paused = false;
        this._protocol = "";
        this._readyState = _WebSocket.CONNECTING;
        this._receiver = null;
        this._sender = null;
        this._socket = null;
        if (address !== null) {
          this._bufferedAmount = 0;
          this._isServer = false;
          this._redirects = 0;
          if (protocols === void 0) {
            if (!options2 || options2.protocols === void 0) {
              protocols = [];
            } else if (Array.isArray(options2.protocols)) {
              protocols = options2.protocols;
            } else {
              protocols = [options2.protocols];
            }
          } else if (!Array.isArray(protocols)) {
            if (typeof protocols === "object" && protocols !== null) {
              options2 = protocols;
              if (options2.protocols === void 0) {
                protocols = [];
              } else if (Array.isArray(options2.protocols)) {
                protocols = options2.protocols;
              } else {
                protocols = [options2.protocols];
              }
            } else {
              protocols = [protocols];
            }
          }
          options2 = initAsClient(this, address, protocols, options2);
        } else {
          this._isServer = true;
        }
        if (options2.autoPong) {
          this._autoPong = true;
          this._autoPongComplete = () => autoPongComplete(this);
          this._pendingAutoPongs = 0;
          this._maxPendingAutoPongs = options2.maxPendingAutoPongs | 0;
        }
        this._closeTimeout = options2.closeTimeout;
      }
      /**
       * For historical reasons, the custom "nodebuffer" type is used by the default
       * instead of "blob".
       *
       * @type {String}
       */
      get binaryType() {
        return this._binaryType;
      }
      set binaryType(type) {
        if (!BINARY_TYPES.includes(type)) return;
        this._binaryType = type;
        if (this._receiver) this._receiver._binaryType = type;
      }
      /**
       * @type {Number}
       */
      get bufferedAmount() {
        if (!this._socket) return this._bufferedAmount;
        return this._socket._writableState.length + this._sender._bufferedBytes;
      }
      /**
       * @type {String}
       */
      get extensions() {
        return Object.keys(this._extensions).join();
      }
      /**
       * @type {Boolean}
       */
      get isPaused() {
        return this._paused;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onclose() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onerror() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onopen() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onmessage() {
        return null;
      }
      /**
       * @type {String}
       */
      get protocol() {
        return this._protocol;
      }
      /**
       * @type {Number}
       */
      get readyState() {
        return this._readyState;
      }
      /**
       * @type {String}
       */
      get url() {
        return this._url;
      }
      /**
       * Set up the socket and the internal resources.
       *
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Object} options Options object
       * @param {Boolean} [options.allowSynchronousEvents=false] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Number} [options.maxBufferedChunks=0] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=0] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=0] The maximum allowed message size
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       * @private
       */
      setSocket(socket, head, options2) {
        const receiver = new Receiver2({
          allowSynchronousEvents: options2.allowSynchronousEvents,
          binaryType: this.binaryType,
          extensions: this._extensions,
          isServer: this._isServer,
          maxBufferedChunks: options2.maxBufferedChunks,
          maxFragments: options2.maxFragments,
          maxPayload: options2.maxPayload,
          skipUTF8Validation: options2.skipUTF8Validation
        });
        const sender = new Sender2(socket, this._extensions, options2.generateMask);
        this._receiver = receiver;
        this._sender = sender;
        this._socket = socket;
        receiver[kWebSocket] = this;
        sender[kWebSocket] = this;
        socket[kWebSocket] = this;
        receiver.on("conclude", receiverOnConclude);
        receiver.on("drain", receiverOnDrain);
        receiver.on("error", receiverOnError);
        receiver.on("message", receiverOnMessage);
        receiver.on("ping", receiverOnPing);
        receiver.on("pong", receiverOnPong);
        sender.onerror = senderOnError;
        if (socket.setTimeout) socket.setTimeout(0);
        if (socket.setNoDelay) socket.setNoDelay();
        if (head.length > 0) socket.unshift(head);
        socket.on("close", socketOnClose);
        socket.on("data", socketOnData);
        socket.on("end", socketOnEnd);
        socket.on("error", socketOnError);
        this._readyState = _WebSocket.OPEN;
        this.emit("open");
      }
      /**
       * Emit the `'close'` event.
       *
       * @private
       */
      emitClose() {
        if (!this._socket) {
          this._readyState = _WebSocket.CLOSED;
          this.emit("close", this._closeCode, this._closeMessage);
          return;
        }
        if (this._extensions[PerMessageDeflate2.extensionName]) {
          this._extensions[PerMessageDeflate2.extensionName].cleanup();
        }
        this._receiver.removeAllListeners();
        this._readyState = _WebSocket.CLOSED;
        this.emit("close", this._closeCode, this._closeMessage);
      }
      /**
       * Start a closing handshake.
       *
       *          +----------+   +-----------+   +----------+
       *     - - -|ws.close()|-->|close frame|-->|ws.close()|- - -
       *    |     +----------+   +-----------+   +----------+     |
       *          +----------+   +-----------+         |
       * CLOSING  |ws.close()|<--|close frame|<--+-----+       CLOSING
       *          +----------+   +-----------+   |
       *    |           |                        |   +---+        |
       *                +------------------------+-->|fin| - - - -
       *    |         +---+                      |   +---+
       *     - - - - -|fin|<---------------------+
       *              +---+
       *
       * @param {Number} [code] Status code explaining why the connection is closing
       * @param {(String|Buffer)} [data] The reason why the connection is
       *     closing
       * @public
       */
      close(code, data) {
        if (this.readyState === _WebSocket.CLOSED) return;
        if (this.readyState === _WebSocket.CONNECTING) {
          const msg = "WebSocket was closed before the connection was established";
          abortHandshake(this, this._req, msg);
          return;
        }
        if (this.readyState === _WebSocket.CLOSING) {
          if (this._closeFrameSent && (this._closeFrameReceived || this._receiver._writableState.errorEmitted)) {
            this._socket.end();
          }
          return;
        }
        this._sender.close(code, data, !this._isServer, (err) => {
          if (err) return;
          this._closeFrameSent = true;
          if (this._closeFrameReceived || this._receiver._writableState.errorEmitted) {
            this._socket.end();
          }
        });
        this._readyState = _WebSocket.CLOSING;
        setCloseTimer(this);
      }
      /**
       * Pause the socket.
       *
       * @public
       */
      pause() {
        if (this.readyState === _WebSocket.CONNECTING || this.readyState === _WebSocket.CLOSED) {
          return;
        }
        this._paused = true;
        this._socket.pause();
      }
      /**
       * Send a ping.
       *
       * @param {*} [data] The data to send
       * @param {Boolean} [mask] Indicates whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when the ping is sent
       * @public
       */
      ping(data, mask, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof data === "function") {
          cb = data;
          data = mask = void 0;
        } else if (typeof mask === "function") {
          cb = mask;
          mask = void 0;
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        if (mask === void 0) mask = !this._isServer;
        this._sender.ping(data || EMPTY_BUFFER, mask, cb);
      }
      /**
       * Send a pong.
       *
       * @param {*} [data] The data to send
       * @param {Boolean} [mask] Indicates whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when the pong is sent
       * @public
       */
      pong(data, mask, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof data === "function") {
          cb = data;
          data = mask = void 0;
        } else if (typeof mask === "function") {
          cb = mask;
          mask = void 0;
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        if (mask === void 0) mask = !this._isServer;
        this._sender.pong(data || EMPTY_BUFFER, mask, cb);
      }
      /**
       * Resume the socket.
       *
       * @public
       */
      resume() {
        if (this.readyState === _WebSocket.CONNECTING || this.readyState === _WebSocket.CLOSED) {
          return;
        }
        this._paused = false;
        if (!this._receiver._writableState.needDrain) this._socket.resume();
      }
      /**
       * Send a data message.
       *
       * @param {*} data The message to send
       * @param {Object} [options] Options object
       * @param {Boolean} [options.binary] Specifies whether `data` is binary or
       *     text
       * @param {Boolean} [options.compress] Specifies whether or not to compress
       *     `data`
       * @param {Boolean} [options.fin=true] Specifies whether the fragment is the
       *     last one
       * @param {Boolean} [options.mask] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when data is written out
       * @public
       */
      send(data, options2, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof options2 === "function") {
          cb = options2;
          options2 = {};
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        const opts = {
          binary: typeof data !== "string",
          mask: !this._isServer,
          compress: true,
          fin: true,
          ...options2
        };
        if (!this._extensions[PerMessageDeflate2.extensionName]) {
          opts.compress = false;
        }
        this._sender.send(data || EMPTY_BUFFER, opts, cb);
      }
      /**
       * Forcibly close the connection.
       *
       * @public
       */
      terminate() {
        if (this.readyState === _WebSocket.CLOSED) return;
        if (this.readyState === _WebSocket.CONNECTING) {
          const msg = "WebSocket was closed before the connection was established";
          abortHandshake(this, this._req, msg);
          return;
        }
        if (this._socket) {
          this._readyState = _WebSocket.CLOSING;
          this._socket.destroy();
        }
      }
    };
    Object.defineProperty(WebSocket2, "CONNECTING", {
      enumerable: true,
      value: readyStates.indexOf("CONNECTING")
    });
    Object.defineProperty(WebSocket2.prototype, "CONNECTING", {
      enumerable: true,
      value: readyStates.indexOf("CONNECTING")
    });
    Object.defineProperty(WebSocket2, "OPEN", {
      enumerable: true,
      value: readyStates.indexOf("OPEN")
    });
    Object.defineProperty(WebSocket2.prototype, "OPEN", {
      enumerable: true,
      value: readyStates.indexOf("OPEN")
    });
    Object.defineProperty(WebSocket2, "CLOSING", {
      enumerable: true,
      value: readyStates.indexOf("CLOSING")
    });
    Object.defineProperty(WebSocket2.prototype, "CLOSING", {
      enumerable: true,
      value: readyStates.indexOf("CLOSING")
    });
    Object.defineProperty(WebSocket2, "CLOSED", {
      enumerable: true,
      value: readyStates.indexOf("CLOSED")
    });
    Object.defineProperty(WebSocket2.prototype, "CLOSED", {
      enumerable: true,
      value: readyStates.indexOf("CLOSED")
    });
    [
      "binaryType",
      "bufferedAmount",
      "extensions",
      "isPaused",
      "protocol",
      "readyState",
      "url"
    ].forEach((property) => {
      Object.defineProperty(WebSocket2.prototype, property, { enumerable: true });
    });
    ["open", "error", "close", "message"].forEach((method) => {
      Object.defineProperty(WebSocket2.prototype, `on${method}`, {
        enumerable: true,
        get() {
          for (const listener of this.listeners(method)) {
            if (listener[kForOnEventAttribute]) return listener[kListener];
          }
          return null;
        },
        set(handler) {
          for (const listener of this.listeners(method)) {
            if (listener[kForOnEventAttribute]) {
              this.removeListener(method, listener);
              break;
            }
          }
          if (typeof handler !== "function") return;
          this.addEventListener(method, handler, {
            [kForOnEventAttribute]: true
          });
        }
      });
    });
    WebSocket2.prototype.addEventListener = addEventListener;
    WebSocket2.prototype.removeEventListener = removeEventListener;
    module.exports = WebSocket2;
    function initAsClient(websocket, address, protocols, options2) {
      const opts = {
        allowSynchronousEvents: true,
        autoPong: true,
        closeTimeout: CLOSE_TIMEOUT,
        protocolVersion: protocolVersions[1],
        maxBufferedChunks: 256 * 1024,
        maxFragments: 16 * 1024,
        maxPayload: 100 * 1024 * 1024,
        maxPendingAutoPongs: 60,
        skipUTF8Validation: false,
        perMessageDeflate: true,
        followRedirects: false,
        maxRedirects: 10,
        ...options2,
        socketPath: void 0,
        hostname: void 0,
        protocol: void 0,
        protocols: void 0,
        timeout: void 0,
        method: "GET",
        host: void 0,
        path: void 0,
        port: void 0
      };
      if (!protocolVersions.includes(opts.protocolVersion)) {
        throw new RangeError(
          `Unsupported protocol version: ${opts.protocolVersion} (supported versions: ${protocolVersions.join(", ")})`
        );
      }
      let parsedUrl;
      if (address instanceof URL2) {
        parsedUrl = address;
      } else {
        try {
          parsedUrl = new URL2(address);
        } catch {
          throw new SyntaxError(`Invalid URL: ${address}`);
        }
      }
      if (parsedUrl.protocol === "http:" || parsedUrl.protocol === "https:") {
        parsedUrl = new URL2(parsedUrl);
        parsedUrl.protocol = parsedUrl.protocol === "http:" ? "ws:" : "wss:";
      }
      websocket._url = parsedUrl.href;
      const isSecure = parsedUrl.protocol === "wss:";
      const isIpcUrl = parsedUrl.protocol === "ws+unix:";
      let invalidUrlMessage;
      if (parsedUrl.protocol !== "ws:" && !isSecure && !isIpcUrl) {
        invalidUrlMessage = `The URL's protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"`;
      } else if (isIpcUrl && !parsedUrl.pathname) {
        invalidUrlMessage = "The URL's pathname is empty";
      } else if (parsedUrl.hash) {
        invalidUrlMessage = "The URL contains a fragment identifier";
      }
      if (invalidUrlMessage) {
        const err = new SyntaxError(invalidUrlMessage);
        if (websocket._redirects === 0) {
          throw err;
        } else {
          emitErrorAndClose(websocket, err);
          return;
        }
      }
      const defaultPort = isSecure ? 443 : 80;
      const key = randomBytes2(16).toString("base64");
      const request = isSecure ? https.request : http.request;
      const protocolSet = /* @__PURE__ */ new Set();
      let perMessageDeflate;
      opts.createConnection = opts.createConnection || (isSecure ? tlsConnect : netConnect);
      opts.defaultPort = opts.defaultPort || defaultPort;
      opts.port = parsedUrl.port || defaultPort;
      opts.host = parsedUrl.hostname.startsWith("[") ? parsedUrl.hostname.slice(1, -1) : parsedUrl.hostname;
      opts.headers = {
        ...opts.headers,
        "Sec-WebSocket-Version": opts.protocolVersion,
        "Sec-WebSocket-Key": key,
        Connection: "Upgrade",
        Upgrade: "websocket"
      };
      opts.path = parsedUrl.pathname + parsedUrl.search;
      opts.timeout = opts.handshakeTimeout;
      if (opts.perMessageDeflate) {
        perMessageDeflate = new PerMessageDeflate2({
          ...opts.perMessageDeflate,
          isServer: false,
          maxPayload: opts.maxPayload
        });
        opts.headers["Sec-WebSocket-Extensions"] = format({
          [PerMessageDeflate2.extensionName]: perMessageDeflate.offer()
        });
      }
      if (protocols.length) {
        for (const protocol of protocols) {
          if (typeof protocol !== "string" || !subprotocolRegex.test(protocol) || protocolSet.has(protocol)) {
            throw new SyntaxError(
              "An invalid or duplicated subprotocol was specified"
            );
          }
          protocolSet.add(protocol);
        }
        opts.headers["Sec-WebSocket-Protocol"] = protocols.join(",");
      }
      if (opts.origin) {
        if (opts.protocolVersion < 13) {
          opts.headers["Sec-WebSocket-Origin"] = opts.origin;
        } else {
          opts.headers.Origin = opts.origin;
        }
      }
      if (parsedUrl.username || parsedUrl.password) {
        const username = querystring.unescape(parsedUrl.username);
        const password = querystring.unescape(parsedUrl.password);
        opts.auth = `${username}:${password}`;
      }
      if (isIpcUrl) {
        const i = opts.path.indexOf(":");
        if (i === -1) {
          opts.socketPath = opts.path;
          opts.path = "";
        } else {
          opts.socketPath = opts.path.slice(0, i);
          opts.path = opts.path.slice(i + 1);
        }
      }
      let req;
      if (opts.followRedirects) {
        if (websocket._redirects === 0) {
          websocket._originalIpc = isIpcUrl;
          websocket._originalSecure = isSecure;
          websocket._originalHostOrSocketPath = isIpcUrl ? opts.socketPath : parsedUrl.host;
          const headers = options2 && options2.headers;
          options2 = { ...options2, headers: {} };
          if (headers) {
            for (const [key2, value] of Object.entries(headers)) {
              options2.headers[key2.toLowerCase()] = value;
            }
          }
        } else if (websocket.listenerCount("redirect") === 0) {
          const isSameHost = isIpcUrl ? websocket._originalIpc ? opts.socketPath === websocket._originalHostOrSocketPath : false : websocket._originalIpc ? false : parsedUrl.host === websocket._originalHostOrSocketPath;
          if (!isSameHost || websocket._originalSecure && !isSecure) {
            delete opts.headers.authorization;
            delete opts.headers.cookie;
            if (!isSameHost) delete opts.headers.host;
            opts.auth = void 0;
          }
        }
        if (opts.auth && !options2.headers.authorization) {
          options2.headers.authorization = "Basic " + Buffer.from(opts.auth).toString("base64");
        }
        req = websocket._req = request(opts);
        if (websocket._redirects) {
          websocket.emit("redirect", websocket.url, req);
        }
      } else {
        req = websocket._req = request(opts);
      }
      if (opts.timeout) {
        req.on("timeout", () => {
          abortHandshake(websocket, req, "Opening handshake has timed out");
        });
      }
      req.on("error", (err) => {
        if (req === null || req[kAborted]) return;
        req = websocket._req = null;
        emitErrorAndClose(websocket, err);
      });
      req.on("response", (res) => {
        const location = res.headers.location;
        const statusCode = res.statusCode;
        if (location && opts.followRedirects && statusCode >= 300 && statusCode < 400) {
          if (++websocket._redirects > opts.maxRedirects) {
            abortHandshake(websocket, req, "Maximum redirects exceeded");
            return;
          }
          req.abort();
          let addr;
          try {
            addr = new URL2(location, address);
          } catch (e) {
            const err = new SyntaxError(`Invalid URL: ${location}`);
            emitErrorAndClose(websocket, err);
            return;
          }
          initAsClient(websocket, addr, protocols, options2);
        } else if (!websocket.emit("unexpected-response", req, res)) {
          abortHandshake(
            websocket,
            req,
            `Unexpected server response: ${res.statusCode}`
          );
        }
      });
      req.on("upgrade", (res, socket, head) => {
        websocket.emit("upgrade", res);
        if (websocket.readyState !== WebSocket2.CONNECTING) return;
        req = websocket._req = null;
        const upgrade = res.headers.upgrade;
        if (upgrade === void 0 || upgrade.toLowerCase() !== "websocket") {
          abortHandshake(websocket, socket, "Invalid Upgrade header");
          return;
        }
        const digest = createHash("sha1").update(key + GUID).digest("base64");
        if (res.headers["sec-websocket-accept"] !== digest) {
          abortHandshake(websocket, socket, "Invalid Sec-WebSocket-Accept header");
          return;
        }
        const serverProt = res.headers["sec-websocket-protocol"];
        let protError;
        if (serverProt !== void 0) {
          if (!protocolSet.size) {
            protError = "Server sent a subprotocol but none was requested";
          } else if (!protocolSet.has(serverProt)) {
            protError = "Server sent an invalid subprotocol";
          }
        } else if (protocolSet.size) {
          protError = "Server sent no subprotocol";
        }
        if (protError) {
          abortHandshake(websocket, socket, protError);
          return;
        }
        if (serverProt) websocket._protocol = serverProt;
        const secWebSocketExtensions = res.headers["sec-websocket-extensions"];
        if (secWebSocketExtensions !== void 0) {
          if (!perMessageDeflate) {
            const message = "Server sent a Sec-WebSocket-Extensions header but no extension was requested";
            abortHandshake(websocket, socket, message);
            return;
          }
          let extensions;
          try {
            extensions = parse(secWebSocketExtensions);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Extensions header";
            abortHandshake(websocket, socket, message);
            return;
          }
          const extensionNames = Object.keys(extensions);
          if (extensionNames.length !== 1 || extensionNames[0] !== PerMessageDeflate2.extensionName) {
            const message = "Server indicated an extension that was not requested";
            abortHandshake(websocket, socket, message);
            return;
          }
          try {
            perMessageDeflate.accept(extensions[PerMessageDeflate2.extensionName]);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Extensions header";
            abortHandshake(websocket, socket, message);
            return;
          }
          websocket._extensions[PerMessageDeflate2.extensionName] = perMessageDeflate;
        }
        websocket.setSocket(socket, head, {
          allowSynchronousEvents: opts.allowSynchronousEvents,
          generateMask: opts.generateMask,
          maxBufferedChunks: opts.maxBufferedChunks,
          maxFragments: opts.maxFragments,
          maxPayload: opts.maxPayload,
          skipUTF8Validation: opts.skipUTF8Validation
        });
      });
      if (opts.finishRequest) {
        opts.finishRequest(req, websocket);
      } else {
        req.end();
      }
      return opts;
    }
    function emitErrorAndClose(websocket, err) {
      websocket._readyState = WebSocket2.CLOSING;
      websocket._errorEmitted = true;
      websocket.emit("error", err);
      websocket.emitClose();
    }
    function netConnect(options2) {
      options2.path = options2.socketPath;
      return net.connect(options2);
    }
    function tlsConnect(options2) {
      options2.path = void 0;
      if (!options2.servername && options2.servername !== "") {
        options2.servername = net.isIP(options2.host) ? "" : options2.host;
      }
      return tls.connect(options2);
    }
    function abortHandshake(websocket, stream, message) {
      websocket._readyState = WebSocket2.CLOSING;
      const err = new Error(message);
      Error.captureStackTrace(err, abortHandshake);
      if (stream.setHeader) {
        stream[kAborted] = true;
        stream.abort();
        if (stream.socket && !stream.socket.destroyed) {
          stream.socket.destroy();
        }
        process.nextTick(emitErrorAndClose, websocket, err);
      } else {
        stream.destroy(err);
        stream.once("error", websocket.emit.bind(websocket, "error"));
        stream.once("close", websocket.emitClose.bind(websocket));
      }
    }
    function sendAfterClose(websocket, data, cb) {
      if (data) {
        const length = isBlob(data) ? data.size : toBuffer(data).length;
        if (websocket._socket) websocket._sender._bufferedBytes += length;
        else websocket._bufferedAmount += length;
      }
      if (cb) {
        const err = new Error(
          `WebSocket is not open: readyState ${websocket.readyState} (${readyStates[websocket.readyState]})`
        );
        process.nextTick(cb, err);
      }
    }
    function receiverOnConclude(code, reason) {
      const websocket = this[kWebSocket];
      websocket._closeFrameReceived = true;
      websocket._closeCode = code;
      if (reason.length === 0) {
        websocket._closeMessage = EMPTY_BUFFER;
      } else {
        websocket._closeMessage = Buffer.allocUnsafeSlow(reason.length);
        websocket._closeMessage.set(reason);
      }
      if (websocket._socket[kWebSocket] === void 0) return;
      websocket._socket.removeListener("data", socketOnData);
      process.nextTick(resume, websocket._socket);
      if (code === 1005) websocket.close();
      else websocket.close(code, reason);
    }
    function receiverOnDrain() {
      const websocket = this[kWebSocket];
      if (!websocket.isPaused) websocket._socket.resume();
    }
    function receiverOnError(err) {
      const websocket = this[kWebSocket];
      if (websocket._socket[kWebSocket] !== void 0) {
        websocket._socket.removeListener("data", socketOnData);
        process.nextTick(resume, websocket._socket);
        websocket.close(err[kStatusCode]);
      }
      if (!websocket._errorEmitted) {
        websocket._errorEmitted = true;
        websocket.emit("error", err);
      }
    }
    function receiverOnFinish() {
      this[kWebSocket].emitClose();
    }
    function receiverOnMessage(data, isBinary) {
      this[kWebSocket].emit("message", data, isBinary);
    }
    function receiverOnPing(data) {
      const websocket = this[kWebSocket];
      if (websocket._autoPong && websocket.readyState === WebSocket2.OPEN) {
        if (websocket._maxPendingAutoPongs > 0 && websocket._pendingAutoPongs >= websocket._maxPendingAutoPongs) {
          websocket.terminate();
        } else {
          websocket._pendingAutoPongs++;
          websocket.pong(data, !this._isServer, websocket._autoPongComplete);
        }
      }
      websocket.emit("ping", data);
    }
    function autoPongComplete(websocket) {
      websocket._pendingAutoPongs--;
    }
    function receiverOnPong(data) {
      this[kWebSocket].emit("pong", data);
    }
    function resume(stream) {
      stream.resume();
    }
    function senderOnError(err) {
      const websocket = this[kWebSocket];
      if (websocket.readyState === WebSocket2.CLOSED) return;
      if (websocket.readyState === WebSocket2.OPEN) {
        websocket._readyState = WebSocket2.CLOSING;
        setCloseTimer(websocket);
      }
      this._socket.end();
      if (!websocket._errorEmitted) {
        websocket._errorEmitted = true;
        websocket.emit("error", err);
      }
    }
    function setCloseTimer(websocket) {
      websocket._closeTimer = setTimeout(
        websocket._socket.destroy.bind(websocket._socket),
        websocket._closeTimeout
      );
    }
    function socketOnClose() {
      const websocket = this[kWebSocket];
      this.removeListener("close", socketOnClose);
      this.removeListener("data", socketOnData);
      this.removeListener("end", socketOnEnd);
      websocket._readyState = WebSocket2.CLOSING;
      if (!this._readableState.endEmitted && !websocket._closeFrameReceived && !websocket._receiver._writableState.errorEmitted && this._readableState.length !== 0) {
        const chunk = this.read(this._readableState.length);
        websocket._receiver.write(chunk);
      }
      websocket._receiver.end();
      this[kWebSocket] = void 0;
      clearTimeout(websocket._closeTimer);
      if (websocket._receiver._writableState.finished || websocket._receiver._writableState.errorEmitted) {
        websocket.emitClose();
      } else {
        websocket._receiver.on("error", receiverOnFinish);
        websocket._receiver.on("finish", receiverOnFinish);
      }
    }
    function socketOnData(chunk) {
      if (!this[kWebSocket]._receiver.write(chunk)) {
        this.pause();
      }
    }
    function socketOnEnd() {
      const websocket = this[kWebSocket];
      websocket._readyState = WebSocket2.CLOSING;
      websocket._receiver.end();
      this.end();
    }
    function socketOnError() {
      const websocket = this[kWebSocket];
      this.removeListener("error", socketOnError);
      this.on("error", NOOP);
      if (websocket) {
        websocket._readyState = WebSocket2.CLOSING;
        this.destroy();
      }
    }
  }
});

// ../node_modules/ws/lib/stream.js
var require_stream = __commonJS({
  "../node_modules/ws/lib/stream.js"(exports, module) {
    "use strict";
    var WebSocket2 = require_websocket();
    var { Duplex } = __require("stream");
    function emitClose(stream) {
      stream.emit("close");
    }
    function duplexOnEnd() {
      if (!this.destroyed && this._writableState.finished) {
        this.destroy();
      }
    }
    function duplexOnError(err) {
      this.removeListener("error", duplexOnError);
      this.destroy();
      if (this.listenerCount("error") === 0) {
        this.emit("error", err);
      }
    }
    function createWebSocketStream2(ws, options2) {
      let terminateOnDestroy = true;
      const duplex = new Duplex({
        ...options2,
        autoDestroy: false,
        emitClose: false,
        objectMode: false,
        writableObjectMode: false
      });
      ws.on("message", function message(msg, isBinary) {
        const data = !isBinary && duplex._readableState.objectMode ? msg.toString() : msg;
        if (!duplex.push(data)) ws.pause();
      });
      ws.once("error", function error(err) {
        if (duplex.destroyed) return;
        terminateOnDestroy = false;
        duplex.destroy(err);
      });
      ws.once("close", function close() {
        if (duplex.destroyed) return;
        duplex.push(null);
      });
      duplex._destroy = function(err, callback) {
        if (ws.readyState === ws.CLOSED) {
          callback(err);
          process.nextTick(emitClose, duplex);
          return;
        }
        let called = false;
        ws.once("error", function error(err2) {
          called = true;
          callback(err2);
        });
        ws.once("close", function close() {
          if (!called) callback(err);
          process.nextTick(emitClose, duplex);
        });
        if (terminateOnDestroy) ws.terminate();
      };
      duplex._final = function(callback) {
        if (ws.readyState === ws.CONNECTING) {
          ws.once("open", function open() {
            duplex._final(callback);
          });
          return;
        }
        if (ws._socket === null) return;
        if (ws._socket._writableState.finished) {
          callback();
          if (duplex._readableState.endEmitted) duplex.destroy();
        } else {
          ws._socket.once("finish", function finish() {
            callback();
          });
          ws.close();
        }
      };
      duplex._read = function() {
        if (ws.isPaused) ws.resume();
      };
      duplex._write = function(chunk, encoding, callback) {
        if (ws.readyState === ws.CONNECTING) {
          ws.once("open", function open() {
            duplex._write(chunk, encoding, callback);
          });
          return;
        }
        ws.send(chunk, callback);
      };
      duplex.on("end", duplexOnEnd);
      duplex.on("error", duplexOnError);
      return duplex;
    }
    module.exports = createWebSocketStream2;
  }
});

// ../node_modules/ws/lib/subprotocol.js
var require_subprotocol = __commonJS({
  "../node_modules/ws/lib/subprotocol.js"(exports, module) {
    "use strict";
    var { tokenChars } = require_validation();
    function parse(header) {
      const protocols = /* @__PURE__ */ new Set();
      let start = -1;
      let end = -1;
      let i = 0;
      for (i; i < header.length; i++) {
        const code = header.charCodeAt(i);
        if (end === -1 && tokenChars[code] === 1) {
          if (start === -1) start = i;
        } else if (i !== 0 && (code === 32 || code === 9)) {
          if (end === -1 && start !== -1) end = i;
        } else if (code === 44) {
          if (start === -1) {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
          if (end === -1) end = i;
          const protocol2 = header.slice(start, end);
          if (protocols.has(protocol2)) {
            throw new SyntaxError(`The "${protocol2}" subprotocol is duplicated`);
          }
          protocols.add(protocol2);
          start = end = -1;
        } else {
          throw new SyntaxError(`Unexpected character at index ${i}`);
        }
      }
      if (start === -1 || end !== -1) {
        throw new SyntaxError("Unexpected end of input");
      }
      const protocol = header.slice(start, i);
      if (protocols.has(protocol)) {
        throw new SyntaxError(`The "${protocol}" subprotocol is duplicated`);
      }
      protocols.add(protocol);
      return protocols;
    }
    module.exports = { parse };
  }
});

// ../node_modules/ws/lib/websocket-server.js
var require_websocket_server = __commonJS({
  "../node_modules/ws/lib/websocket-server.js"(exports, module) {
    "use strict";
    var EventEmitter = __require("events");
    var http = __require("http");
    var { Duplex } = __require("stream");
    var { createHash } = __require("crypto");
    var extension2 = require_extension();
    var PerMessageDeflate2 = require_permessage_deflate();
    var subprotocol2 = require_subprotocol();
    var WebSocket2 = require_websocket();
    var { CLOSE_TIMEOUT, GUID, kWebSocket } = require_constants();
    var keyRegex = /^[+/0-9A-Za-z]{22}==$/;
    var RUNNING = 0;
    var CLOSING = 1;
    var CLOSED = 2;
    var WebSocketServer2 = class extends EventEmitter {
      /**
       * Create a `WebSocketServer` instance.
       *
       * @param {Object} options Configuration options
       * @param {Boolean} [options.allowSynchronousEvents=true] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {Boolean} [options.autoPong=true] Specifies whether or not to
       *     automatically send a pong in response to a ping
       * @param {Number} [options.backlog=511] The maximum length of the queue of
       *     pending connections
       * @param {Boolean} [options.clientTracking=true] Specifies whether or not to
       *     track clients
       * @param {Number} [options.closeTimeout=30000] Duration in milliseconds to
       *     wait for the closing handshake to finish after `websocket.close()` is
       *     called
       * @param {Function} [options.handleProtocols] A hook to handle protocols
       * @param {String} [options.host] The hostname where to bind the server
       * @param {Number} [options.maxBufferedChunks=262144] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=16384] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=104857600] The maximum allowed message
       *     size
       * @param {Number} [options.maxPendingAutoPongs=60] The maximum number of
       *     pending automatic pongs
       * @param {Boolean} [options.noServer=false] Enable no server mode
       * @param {String} [options.path] Accept only connections matching this path
       * @param {(Boolean|Object)} [options.perMessageDeflate=false] Enable/disable
       *     permessage-deflate
       * @param {Number} [options.port] The port where to bind the server
       * @param {(http.Server|https.Server)} [options.server] A pre-created HTTP/S
       *     server to use
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       * @param {Function} [options.verifyClient] A hook to reject connections
       * @param {Function} [options.WebSocket=WebSocket] Specifies the `WebSocket`
       *     class to use. It must be the `WebSocket` class or class that extends it
       * @param {Function} [callback] A listener for the `listening` event
       */
      constructor(options2, callback) {
        super();
        options2 = {
          allowSynchronousEvents: true,
          autoPong: true,
          maxBufferedChunks: 256 * 1024,
          maxFragments: 16 * 1024,
          maxPayload: 100 * 1024 * 1024,
          maxPendingAutoPongs: 60,
          skipUTF8Validation: false,
          perMessageDeflate: false,
          handleProtocols: null,
          clientTracking: true,
          closeTimeout: CLOSE_TIMEOUT,
          verifyClient: null,
          noServer: false,
          backlog: null,
          // use default (511 as implemented in net.js)
          server: null,
          host: null,
          path: null,
          port: null,
          WebSocket: WebSocket2,
          ...options2
        };
        if (options2.port == null && !options2.server && !options2.noServer || options2.port != null && (options2.server || options2.noServer) || options2.server && options2.noServer) {
          throw new TypeError(
            'One and only one of the "port", "server", or "noServer" options must be specified'
          );
        }
        if (options2.port != null) {
          this._server = http.createServer((req, res) => {
            const body = http.STATUS_CODES[426];
            res.writeHead(426, {
              "Content-Length": body.length,
              "Content-Type": "text/plain"
            });
            res.end(body);
          });
          this._server.listen(
            options2.port,
            options2.host,
            options2.backlog,
            callback
          );
        } else if (options2.server) {
          this._server = options2.server;
        }
        if (this._server) {
          const emitConnection = this.emit.bind(this, "connection");
          this._removeListeners = addListeners(this._server, {
            listening: this.emit.bind(this, "listening"),
            error: this.emit.bind(this, "error"),
            upgrade: (req, socket, head) => {
              this.handleUpgrade(req, socket, head, emitConnection);
            }
          });
        }
        if (options2.perMessageDeflate === true) options2.perMessageDeflate = {};
        if (options2.clientTracking) {
          this.clients = /* @__PURE__ */ new Set();
          this._shouldEmitClose = false;
        }
        this.options = options2;
        this._state = RUNNING;
      }
      /**
       * Returns the bound address, the address family name, and port of the server
       * as reported by the operating system if listening on an IP socket.
       * If the server is listening on a pipe or UNIX domain socket, the name is
       * returned as a string.
       *
       * @return {(Object|String|null)} The address of the server
       * @public
       */
      address() {
        if (this.options.noServer) {
          throw new Error('The server is operating in "noServer" mode');
        }
        if (!this._server) return null;
        return this._server.address();
      }
      /**
       * Stop the server from accepting new connections and emit the `'close'` event
       * when all existing connections are closed.
       *
       * @param {Function} [cb] A one-time listener for the `'close'` event
       * @public
       */
      close(cb) {
        if (this._state === CLOSED) {
          if (cb) {
            this.once("close", () => {
              cb(new Error("The server is not running"));
            });
          }
          process.nextTick(emitClose, this);
          return;
        }
        if (cb) this.once("close", cb);
        if (this._state === CLOSING) return;
        this._state = CLOSING;
        if (this.options.noServer || this.options.server) {
          if (this._server) {
            this._removeListeners();
            this._removeListeners = this._server = null;
          }
          if (this.clients) {
            if (!this.clients.size) {
              process.nextTick(emitClose, this);
            } else {
              this._shouldEmitClose = true;
            }
          } else {
            process.nextTick(emitClose, this);
          }
        } else {
          const server = this._server;
          this._removeListeners();
          this._removeListeners = this._server = null;
          server.close(() => {
            emitClose(this);
          });
        }
      }
      /**
       * See if a given request should be handled by this server instance.
       *
       * @param {http.IncomingMessage} req Request object to inspect
       * @return {Boolean} `true` if the request is valid, else `false`
       * @public
       */
      shouldHandle(req) {
        if (this.options.path) {
          const index = req.url.indexOf("?");
          const pathname = index !== -1 ? req.url.slice(0, index) : req.url;
          if (pathname !== this.options.path) return false;
        }
        return true;
      }
      /**
       * Handle a HTTP Upgrade request.
       *
       * @param {http.IncomingMessage} req The request object
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Function} cb Callback
       * @public
       */
      handleUpgrade(req, socket, head, cb) {
        socket.on("error", socketOnError);
        const key = req.headers["sec-websocket-key"];
        const upgrade = req.headers.upgrade;
        const version = +req.headers["sec-websocket-version"];
        if (req.method !== "GET") {
          const message = "Invalid HTTP method";
          abortHandshakeOrEmitwsClientError(this, req, socket, 405, message);
          return;
        }
        if (upgrade === void 0 || upgrade.toLowerCase() !== "websocket") {
          const message = "Invalid Upgrade header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
          return;
        }
        if (key === void 0 || !keyRegex.test(key)) {
          const message = "Missing or invalid Sec-WebSocket-Key header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
          return;
        }
        if (version !== 13 && version !== 8) {
          const message = "Missing or invalid Sec-WebSocket-Version header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message, {
            "Sec-WebSocket-Version": "13, 8"
          });
          return;
        }
        if (!this.shouldHandle(req)) {
          abortHandshake(socket, 400);
          return;
        }
        const secWebSocketProtocol = req.headers["sec-websocket-protocol"];
        let protocols = /* @__PURE__ */ new Set();
        if (secWebSocketProtocol !== void 0) {
          try {
            protocols = subprotocol2.parse(secWebSocketProtocol);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Protocol header";
            abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
            return;
          }
        }
        const secWebSocketExtensions = req.headers["sec-websocket-extensions"];
        const extensions = {};
        if (this.options.perMessageDeflate && secWebSocketExtensions !== void 0) {
          const perMessageDeflate = new PerMessageDeflate2({
            ...this.options.perMessageDeflate,
            isServer: true,
            maxPayload: this.options.maxPayload
          });
          try {
            const offers = extension2.parse(secWebSocketExtensions);
            if (offers[PerMessageDeflate2.extensionName]) {
              perMessageDeflate.accept(offers[PerMessageDeflate2.extensionName]);
              extensions[PerMessageDeflate2.extensionName] = perMessageDeflate;
            }
          } catch (err) {
            const message = "Invalid or unacceptable Sec-WebSocket-Extensions header";
            abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
            return;
          }
        }
        if (this.options.verifyClient) {
          const info = {
            origin: req.headers[`${version === 8 ? "sec-websocket-origin" : "origin"}`],
            secure: !!(req.socket.authorized || req.socket.encrypted),
            req
          };
          if (this.options.verifyClient.length === 2) {
            this.options.verifyClient(info, (verified, code, message, headers) => {
              if (!verified) {
                return abortHandshake(socket, code || 401, message, headers);
              }
              this.completeUpgrade(
                extensions,
                key,
                protocols,
                req,
                socket,
                head,
                cb
              );
            });
            return;
          }
          if (!this.options.verifyClient(info)) return abortHandshake(socket, 401);
        }
        this.completeUpgrade(extensions, key, protocols, req, socket, head, cb);
      }
      /**
       * Upgrade the connection to WebSocket.
       *
       * @param {Object} extensions The accepted extensions
       * @param {String} key The value of the `Sec-WebSocket-Key` header
       * @param {Set} protocols The subprotocols
       * @param {http.IncomingMessage} req The request object
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Function} cb Callback
       * @throws {Error} If called more than once with the same socket
       * @private
       */
      completeUpgrade(extensions, key, protocols, req, socket, head, cb) {
        if (!socket.readable || !socket.writable) return socket.destroy();
        if (socket[kWebSocket]) {
          throw new Error(
            "server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration"
          );
        }
        if (this._state > RUNNING) return abortHandshake(socket, 503);
        const digest = createHash("sha1").update(key + GUID).digest("base64");
        const headers = [
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          `Sec-WebSocket-Accept: ${digest}`
        ];
        const ws = new this.options.WebSocket(null, void 0, this.options);
        if (protocols.size) {
          const protocol = this.options.handleProtocols ? this.options.handleProtocols(protocols, req) : protocols.values().next().value;
          if (protocol) {
            headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
            ws._protocol = protocol;
          }
        }
        if (extensions[PerMessageDeflate2.extensionName]) {
          const params = extensions[PerMessageDeflate2.extensionName].params;
          const value = extension2.format({
            [PerMessageDeflate2.extensionName]: [params]
          });
          headers.push(`Sec-WebSocket-Extensions: ${value}`);
          ws._extensions = extensions;
        }
        this.emit("headers", headers, req);
        socket.write(headers.concat("\r\n").join("\r\n"));
        socket.removeListener("error", socketOnError);
        ws.setSocket(socket, head, {
          allowSynchronousEvents: this.options.allowSynchronousEvents,
          maxBufferedChunks: this.options.maxBufferedChunks,
          maxFragments: this.options.maxFragments,
          maxPayload: this.options.maxPayload,
          skipUTF8Validation: this.options.skipUTF8Validation
        });
        if (this.clients) {
          this.clients.add(ws);
          ws.on("close", () => {
            this.clients.delete(ws);
            if (this._shouldEmitClose && !this.clients.size) {
              process.nextTick(emitClose, this);
            }
          });
        }
        cb(ws, req);
      }
    };
    module.exports = WebSocketServer2;
    function addListeners(server, map) {
      for (const event of Object.keys(map)) server.on(event, map[event]);
      return function removeListeners() {
        for (const event of Object.keys(map)) {
          server.removeListener(event, map[event]);
        }
      };
    }
    function emitClose(server) {
      server._state = CLOSED;
      server.emit("close");
    }
    function socketOnError() {
      this.destroy();
    }
    function abortHandshake(socket, code, message, headers) {
      message = message || http.STATUS_CODES[code];
      headers = {
        Connection: "close",
        "Content-Type": "text/html",
        "Content-Length": Buffer.byteLength(message),
        ...headers
      };
      socket.once("finish", socket.destroy);
      socket.end(
        `HTTP/1.1 ${code} ${http.STATUS_CODES[code]}\r
` + Object.keys(headers).map((h) => `${h}: ${headers[h]}`).join("\r\n") + "\r\n\r\n" + message
      );
    }
    function abortHandshakeOrEmitwsClientError(server, req, socket, code, message, headers) {
      if (server.listenerCount("wsClientError")) {
        const err = new Error(message);
        Error.captureStackTrace(err, abortHandshakeOrEmitwsClientError);
        server.emit("wsClientError", err, socket, req);
      } else {
        abortHandshake(socket, code, message, headers);
      }
    }
  }
});

// src/main.ts
import { parseArgs } from "node:util";

// src/clock.ts
var RealClock = class {
  constructor(speed = 1) {
    this.speed = speed;
  }
  speed;
  start = performance.now();
  begin = Date.now();
  now() {
    return (performance.now() - this.start) / 1e3 * this.speed;
  }
  wall() {
    return this.begin + this.now() * 1e3;
  }
  after(seconds, run2) {
    const timer = setTimeout(run2, Math.min(seconds * 1e3 / this.speed, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }
};
function sleep(clock, seconds) {
  return new Promise((done) => void clock.after(seconds, done));
}

// src/rules.ts
var must = (part, good) => ({ level: "must", good, part });
var should = (part, good) => ({ level: "should", good, part });
var RULES = {
  connects: must("the-sequence-of-calls", "opens one WebSocket at /ws/notifications/ when it is started"),
  "loads-first": must("the-sequence-of-calls", "asks by REST for what happened before it came"),
  "one-socket": must("the-sequence-of-calls", "has one socket at a time"),
  "token-not-in-address": should(
    "tokens-and-tickets",
    "opens the socket with a one-time ticket, or with a header: addresses stand in logs"
  ),
  "ticket-once": must("tokens-and-tickets", "fetches a new ticket for every try"),
  "frames-valid": must("what-a-client-sends", "sends only JSON objects of a type that the hub knows, below 8 KiB"),
  "few-frames": must("what-a-client-sends", "sends far fewer than 50 frames a second"),
  "answers-pings": must("heartbeat", "answers the hub's ping with a pong (WebSocket libraries do)"),
  "sends-heartbeat": should("heartbeat", "sends a ping now and then, and so notices a dead line"),
  "one-heartbeat": must("heartbeat", "has one heartbeat timer, however often it reconnected"),
  "notices-silence": must(
    "heartbeat",
    "opens another socket when nothing has come for a minute or two, not even a pong"
  ),
  "notices-no-greeting": should("heartbeat", "gives up on a socket that does not greet it"),
  "quiet-when-live": should("polling", "does not poll while its socket is open"),
  "burst-not-asked": must(
    "what-each-frame-means",
    "takes the badge from the frame, and asks nothing for each notification"
  ),
  "ignores-unknown": must(
    "what-each-frame-means",
    "ignores types and fields that it does not know, and stays connected"
  ),
  "survives-garbage": must("what-each-frame-means", "stays connected and goes on when a frame is no JSON object"),
  "takes-large": must("what-each-frame-means", "takes a notification of 100 KB"),
  "each-once": must("gaps-and-resync", "shows a notification once, however often it comes"),
  "list-complete": must("gaps-and-resync", "shows what it missed"),
  badge: must("badge", "shows the number of the hub's last word, and counts nothing by itself"),
  "badge-counts-events": should("badge", "shows unread events (by_type.SYSTEM), not rows: one event is up to three"),
  "asks-after-gap": must("gaps-and-resync", "asks for what is missing (resume, or REST) when seq jumps"),
  "place-behind-gap": must("gaps-and-resync", "comes back with the last seq before a gap, not with the newest"),
  "out-of-order": must("gaps-and-resync", "takes frames that change places as they are, without a new socket"),
  "resync-loads": must("gaps-and-resync", "loads by REST after resync"),
  since: should("gaps-and-resync", "comes back with since (or sends resume), and exactly where it was"),
  "close-1001": must("close-codes", "comes back after 1001 (no sign of life) and fetches what it missed"),
  "close-1006": must("close-codes", "comes back after 1006 (the line was cut) and fetches what it missed"),
  "close-1011": must("close-codes", "comes back after 1011 (a fault of the hub) and fetches what it missed"),
  "close-1012": must("close-codes", "comes back after 1012 (the node stops) and fetches what it missed"),
  "close-4401": must("close-codes", "comes back after 4401 with a fresh token"),
  "close-4408": must("close-codes", "comes back after 4408 (read too slowly) and fetches what it missed"),
  "close-4409": should(
    "close-codes",
    "comes back rarely after 4409 (too many connections): at most four times in half a minute"
  ),
  "close-4429": should(
    "close-codes",
    "comes back rarely after 4429 (too many frames): at most four times in half a minute"
  ),
  "close-unknown": should("close-codes", "takes a code that it does not know as 1006"),
  spread: must("reconnecting", "comes back at a random moment, or all clients come back in one"),
  "crowd-spread": must("reconnecting", "does not come back at the same moment as the others"),
  "backs-off": must("reconnecting", "tries less often the longer the hub is away"),
  "no-storm": must("reconnecting", "never tries ten times in ten seconds"),
  "comes-back": must("reconnecting", "comes back by itself after an outage of a minute, within another"),
  patient: should("reconnecting", "waits for a slow answer instead of asking again beside it"),
  "retry-after": must("reconnecting", "asks nothing before Retry-After is over"),
  "rest-401": must("tokens-and-tickets", "asks once more with a fresh token when REST answers 401"),
  "refresh-in-band": should("tokens-and-tickets", "sends a fresh token on the open socket before the old one ends"),
  "refused-not-circled": must("tokens-and-tickets", "does not ask in a circle when fresh tokens are refused too"),
  polls: should("polling", "polls by REST where no socket can be had"),
  "polls-gently": must("polling", "polls at most every few seconds"),
  "back-to-socket": must("polling", "goes back to a socket when one can be had"),
  "rest-retried": must("gaps-and-resync", "asks again, a little later, when REST fails in the middle"),
  "marks-one": must("marking-as-read", "marks the id of the notification that the person read"),
  "marks-event": should("marking-as-read", "marks the same event's other rows with it (?event=1)"),
  "marks-up-to": should("marking-as-read", "marks all only up to what the person has seen (?up_to=)"),
  "mark-taken-back": must("marking-as-read", "shows as unread again what the hub refused to mark")
};

// src/report.ts
var PAGE = "src/docs/how-to/build-a-client.md";
function linkOf(id) {
  return `${PAGE}#${RULES[id].part}`;
}
function broken({ findings }, level) {
  return ids().filter((id) => RULES[id].level === level && findings.get(id)?.verdict === "broken");
}
function ids() {
  return Object.keys(RULES);
}
function asText(result) {
  const of = (verdict) => ids().flatMap((id) => {
    const finding = result.findings.get(id);
    return finding?.verdict === verdict ? [[id, finding]] : [];
  });
  const lines = [];
  const section = (title, found, line) => {
    if (found.length) {
      lines.push("", `${title} (${found.length})`, ...found.flatMap(([id, finding]) => line(id, finding)));
    }
  };
  section("Right", of("kept"), (id) => [`  ${id}: ${RULES[id].good}`]);
  section("Not seen", of("unseen"), (id, { seen }) => [`  ${id}: ${seen[0]}`]);
  section("Wrong", of("broken"), (id, { seen }) => [
    `  ${id} (${RULES[id].level})`,
    ...seen.map((what) => `    seen:  ${what}`),
    `    good:  a client ${RULES[id].good}`,
    `    how:   ${linkOf(id)}`
  ]);
  const must2 = broken(result, "must").length;
  lines.push(
    "",
    must2 ? `${must2} ${must2 === 1 ? "rule that a client must keep is" : "rules that a client must keep are"} broken.` : "Every rule that a client must keep, and that could be seen, is kept."
  );
  return lines.join("\n");
}
function asJson(result) {
  const rules = ids().flatMap((id) => {
    const finding = result.findings.get(id);
    return finding ? [{ id, level: RULES[id].level, ...finding, good: RULES[id].good, how: linkOf(id) }] : [];
  });
  return JSON.stringify({ passed: result.came && !broken(result, "must").length, came: result.came, rules }, null, 2);
}

// src/hub.ts
import { createServer } from "node:http";

// ../node_modules/ws/wrapper.mjs
var import_stream = __toESM(require_stream(), 1);
var import_extension = __toESM(require_extension(), 1);
var import_permessage_deflate = __toESM(require_permessage_deflate(), 1);
var import_receiver = __toESM(require_receiver(), 1);
var import_sender = __toESM(require_sender(), 1);
var import_subprotocol = __toESM(require_subprotocol(), 1);
var import_websocket = __toESM(require_websocket(), 1);
var import_websocket_server = __toESM(require_websocket_server(), 1);

// src/rest.ts
var API = "/api/notifications/";
var TYPES = ["EMAIL", "WHATSAPP", "SYSTEM"];
var UNKNOWN = { status: 404, body: { detail: "Not found.", code: "unknown_path", docs: "/api/docs/" } };
var Rest = class {
  constructor(hub) {
    this.hub = hub;
  }
  hub;
  answer(request, url, body) {
    const { hub } = this;
    const pathname = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
    const isApi = pathname.startsWith(API);
    const asked = {
      method: request.method,
      path: isApi ? pathname.slice(API.length) : pathname,
      query: url.searchParams,
      token: /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? ""
    };
    const answer = hub.onCall?.(asked) ?? (isApi ? this.api(asked.method, asked.path, url, asked.token) : UNKNOWN);
    hub.tape.add({ kind: "call", ...asked, status: answer === "cut" ? 0 : answer.status, body });
    return answer;
  }
  api(method, path, url, token) {
    const { rows, tokens: tokens2 } = this.hub;
    if (!token) {
      return unauthorized({ detail: "Authentication credentials were not provided." });
    }
    if (!tokens2.isGood(token)) {
      return unauthorized({
        detail: "Given token not valid for any token type",
        code: "token_not_valid",
        messages: [{ token_class: "AccessToken", token_type: "access", message: "Token is expired" }]
      });
    }
    const [, id] = /^(\d+)\/mark_as_read\/$/.exec(path) ?? [];
    const wanted = id || path === "ws_ticket/" || path === "mark_all_as_read/" ? "POST" : "GET";
    if (!id && !["", "unread/", "unread_count/", "ws_ticket/", "mark_all_as_read/"].includes(path)) {
      return UNKNOWN;
    }
    if (method !== wanted) {
      return { status: 405, body: { detail: `Method "${method}" not allowed.` }, headers: { Allow: wanted } };
    }
    const type = url.searchParams.get("notification_type");
    if (type && !TYPES.includes(type)) {
      const said = `Select a valid choice. ${type} is not one of the available choices.`;
      return { status: 400, body: { notification_type: [said] } };
    }
    if (id) {
      return this.markOne(Number(id), url.searchParams.get("event") === "1");
    }
    const ok = (body) => ({ status: 200, body });
    switch (path) {
      case "ws_ticket/":
        return ok({ ticket: tokens2.ticket(token), expires_in: 30 });
      case "unread_count/":
        return ok({ count: rows.unread(), by_type: rows.byType() });
      case "mark_all_as_read/":
        return this.markAll(url.searchParams);
      default: {
        const query = new URLSearchParams(url.searchParams);
        path === "unread/" && query.set("is_read", "false");
        return rows.page(query, this.hub.url + url.pathname);
      }
    }
  }
  markOne(id, withEvent) {
    const { rows } = this.hub;
    const before = rows.unread();
    const notification = rows.markOne(id, withEvent);
    if (!notification) {
      return { status: 404, body: { detail: "No NotificationLog matches the given query." } };
    }
    if (before !== rows.unread()) {
      this.hub.say(rows.unreadFrame());
    }
    return { status: 200, body: { message: "Notification marked as read", notification } };
  }
  markAll(query) {
    const { rows } = this.hub;
    const [type, ticket, upTo] = ["notification_type", "ticket", "up_to"].map((name) => query.get(name));
    const count = rows.read(
      (row) => (!type || row.notification_type === type) && (!ticket || String(row.ticket) === ticket) && (!upTo || row.id <= Number(upTo))
    );
    if (count) {
      this.hub.say(rows.unreadFrame());
    }
    return { status: 200, body: { message: `${count} notification(s) marked as read`, count } };
  }
  /** What no hub has: a place to get tokens from, and to say what the client shows. */
  control(method, url, body) {
    const { hub } = this;
    if (url.pathname === "/conformance/token") {
      if (url.searchParams.has("fresh") || !hub.tokens.isGood(hub.token)) {
        hub.token = hub.tokens.issue(1, hub.tokenLife);
      }
      return { status: 200, body: { access: hub.token } };
    }
    if (url.pathname === "/conformance/state" && method === "POST") {
      let said;
      try {
        said = Object(JSON.parse(body));
      } catch {
        return { status: 400, body: { detail: 'The state is a JSON object: {"unread": 3, "ids": [103, 106]}.' } };
      }
      const ids2 = (value) => Array.isArray(value) ? value.map(Number) : void 0;
      const unread = typeof said.unread === "number" ? said.unread : void 0;
      hub.tape.add({ kind: "state", unread, ids: ids2(said.ids), readIds: ids2(said.read_ids) });
      const { wish } = hub;
      hub.wish = null;
      return { status: 200, body: { wish } };
    }
    return { status: 404, body: { detail: "GET /conformance/token, POST /conformance/state." } };
  }
};
function unauthorized(body) {
  return { status: 401, body, headers: { "WWW-Authenticate": 'Bearer realm="api"' } };
}

// src/rows.ts
var TYPES2 = ["EMAIL", "WHATSAPP", "SYSTEM"];
var DISPLAY = { EMAIL: "Email", WHATSAPP: "WhatsApp", SYSTEM: "System Alert" };
var REPLAYED = 300;
var Rows = class {
  /** Oldest first. */
  all = [];
  systems = [];
  nextId = 101;
  /** The newest position in the person's stream. */
  get seq() {
    return this.systems.length;
  }
  /** Records an event. @returns the frame that tells of it */
  record(message) {
    const seq = this.seq + 1;
    const now = (/* @__PURE__ */ new Date()).toISOString().replace("Z", "000Z");
    for (const type of TYPES2) {
      const row = {
        id: this.nextId++,
        ticket: 5 + seq % 3,
        ticket_title: "Homepage <b>not</b> loading",
        recipient: 1,
        recipient_name: "Ada Developer",
        notification_type: type,
        notification_type_display: DISPLAY[type],
        subject: "Ticket assigned",
        message: message ?? `Ticket assigned to you (${seq})`,
        status: "SENT",
        status_display: "Sent",
        sent_at: now,
        created_at: now,
        is_read: false,
        read_at: null,
        event_id: `event-${seq}`,
        event_type: "ticket_assigned"
      };
      this.all.push(row);
      if (type === "SYSTEM") {
        this.systems.push(row);
      }
    }
    return this.frame(seq);
  }
  frame(seq) {
    const row = this.systems[seq - 1];
    return {
      notification_type: row.event_type,
      message: row.message,
      ticket: {
        id: row.ticket,
        title: row.ticket_title,
        priority: "HIGH",
        priority_display: "High",
        category: "BUG",
        status: "OPEN",
        created_by: "John Client",
        project_name: "Main Website",
        created_at: "2025-12-24T10:30:00Z"
      },
      timestamp: row.created_at,
      id: row.id,
      event_id: row.event_id,
      seq,
      ...this.counts()
    };
  }
  /** What is replayed after a place; null: too much, or such a place cannot be. */
  after(since) {
    const count = this.seq - since;
    return since < 0 || count < 0 || count > REPLAYED ? null : Array.from({ length: count }, (_, i) => this.frame(since + 1 + i));
  }
  unread(type) {
    return this.all.filter((row) => !row.is_read && (!type || row.notification_type === type)).length;
  }
  byType() {
    return Object.fromEntries(TYPES2.map((type) => [type, this.unread(type)]));
  }
  counts() {
    return { unread_count: this.unread(), unread_by_type: this.byType() };
  }
  unreadFrame() {
    return { type: "unread_count", count: this.unread(), by_type: this.byType() };
  }
  /** Ids of the SYSTEM rows, newest first. */
  ids() {
    return this.systems.map(({ id }) => id).reverse();
  }
  markOne(id, withEvent) {
    const row = this.all.find((other) => other.id === id);
    if (row) {
      this.read((other) => other === row || withEvent && other.event_id === row.event_id);
    }
    return row;
  }
  /** @returns how many were unread */
  read(is) {
    const meant = this.all.filter((row) => !row.is_read && is(row));
    meant.forEach((row) => {
      row.is_read = true;
      row.read_at = (/* @__PURE__ */ new Date()).toISOString();
    });
    return meant.length;
  }
  /** A page as the API gives it. */
  page(query, base) {
    const type = query.get("notification_type");
    const isRead = query.get("is_read")?.toLowerCase();
    const ticket = query.get("ticket");
    const wanted = this.all.filter((row) => !type || row.notification_type === type).filter((row) => !ticket || String(row.ticket) === ticket).filter((row) => !isRead || row.is_read === ["true", "1"].includes(isRead)).reverse();
    const asked = Number.parseInt(query.get("page_size") ?? "", 10);
    const size = asked > 0 ? Math.min(100, asked) : 20;
    const link = (changes) => {
      const params = new URLSearchParams(query);
      Object.entries(changes).forEach(([key, value]) => params.set(key, value));
      params.sort();
      return `${base}?${params}`;
    };
    if (query.has("cursor")) {
      const older = wanted.filter((row) => row.id < (Number(query.get("cursor")) || Infinity));
      const results = older.slice(0, size);
      const next = older.length > size ? link({ cursor: String(results.at(-1).id) }) : null;
      return { status: 200, body: { next, previous: null, results } };
    }
    const pages = Math.max(1, Math.ceil(wanted.length / size));
    const page = query.get("page") === "last" ? pages : Number(query.get("page") ?? 1);
    if (!(page >= 1 && page <= pages)) {
      return { status: 404, body: { detail: "Invalid page." } };
    }
    return {
      status: 200,
      body: {
        count: wanted.length,
        next: page < pages ? link({ page: String(page + 1) }) : null,
        previous: page > 1 ? link({ page: String(page - 1) }) : null,
        results: wanted.slice((page - 1) * size, page * size)
      }
    };
  }
};

// src/socket.ts
var HubSocket = class {
  constructor(hub, line, wire, token, since) {
    this.hub = hub;
    this.line = line;
    this.wire = wire;
    this.token = token;
    this.since = since;
    line.on("message", (data, isBinary) => this.heard(String(data), isBinary));
    line.on("ping", () => hub.tape.add({ kind: "ping", socket: this }));
    line.on("pong", () => hub.tape.add({ kind: "pong", socket: this }));
    line.on("error", () => {
    });
    line.on("close", (code) => {
      this.forget();
      this.isOpen = this.isLive = false;
      hub.tape.add({ kind: "closed", socket: this, code, byHub: this.endedByHub });
    });
    this.watchToken();
  }
  hub;
  line;
  wire;
  token;
  since;
  /** Whether the client is to be counted on: greeted, and neither closed nor closing nor frozen. */
  isLive = false;
  /** From its opening until the client or the script ends it. */
  isOpen = true;
  greetedAt = Infinity;
  isFrozen = false;
  endedByHub = false;
  forget = () => {
  };
  greet() {
    const { rows, clock } = this.hub;
    this.send({
      type: "connection_established",
      message: "Connected successfully as ada",
      user_id: 1,
      seq: rows.seq,
      ...rows.counts()
    });
    this.isLive = this.isOpen;
    this.greetedAt = clock.now();
    if (this.since >= 0) {
      this.replay(this.since);
    }
  }
  send(frame) {
    const { seq } = Object(frame);
    if (typeof seq === "number" && (this.hub.told === 0 || !("type" in Object(frame)))) {
      this.hub.told = Math.max(this.hub.told, seq);
    }
    this.line.send(typeof frame === "string" || frame instanceof Uint8Array ? frame : JSON.stringify(frame));
  }
  /** A ping of the protocol. */
  ping() {
    this.line.ping();
  }
  close(code) {
    this.ending();
    this.line.close(code);
  }
  /** As when a cable is cut: no close frame. */
  cut() {
    this.ending();
    this.line.terminate();
  }
  /** As when the network has gone and nobody was told: nothing comes, nothing is taken, no ping is answered. */
  freeze() {
    this.ending();
    this.isFrozen = true;
    this.wire.pause();
  }
  ending() {
    this.isOpen = this.isLive = false;
    this.endedByHub = true;
  }
  watchToken() {
    this.forget();
    const left = Math.max(0, this.hub.tokens.remaining(this.token));
    this.forget = this.hub.clock.after(left, () => this.close(4401));
  }
  replay(since) {
    const frames2 = this.hub.rows.after(since);
    frames2 ? frames2.forEach((frame) => this.send(frame)) : this.send({ type: "resync" });
  }
  heard(text, isBinary) {
    let frame = null;
    try {
      const parsed2 = JSON.parse(text);
      frame = !isBinary && parsed2 && typeof parsed2 === "object" && !Array.isArray(parsed2) ? parsed2 : null;
    } catch {
    }
    this.hub.tape.add({ kind: "frame", socket: this, frame, bytes: Buffer.byteLength(text) });
    if (!this.isFrozen) {
      this.answer(frame);
    }
  }
  answer(frame) {
    if (!frame) {
      this.send({ type: "error", code: "invalid_frame", message: "A frame is one JSON object." });
    } else if (frame.type === "ping") {
      this.send({ type: "pong", timestamp: frame.timestamp ?? null });
    } else if (frame.type === "resume" && typeof frame.seq === "number" && this.hub.replays) {
      this.replay(frame.seq);
    } else if (frame.type === "refresh") {
      const token = String(frame.token);
      if (this.hub.tokens.isGood(token)) {
        this.token = token;
        this.watchToken();
      } else {
        this.send({ type: "error", code: "token_not_valid", message: "The token is not good." });
      }
    }
  }
};

// src/tape.ts
var Tape = class {
  constructor(clock) {
    this.clock = clock;
  }
  clock;
  events = [];
  listeners = /* @__PURE__ */ new Set();
  add(event) {
    const stamped = { at: this.clock.now(), ...event };
    this.events.push(stamped);
    [...this.listeners].forEach((tell) => tell(stamped));
  }
  listen(tell) {
    this.listeners.add(tell);
  }
  /** A place on the tape, to look on from. */
  get end() {
    return this.events.length;
  }
  /** What is of this kind from a place on. */
  from(place, kind, is = () => true) {
    return this.events.slice(place).filter((event) => event.kind === kind && is(event));
  }
  /** The first event from a place on of which it is true; undefined when there is none within so many seconds. */
  until(place, seconds, is) {
    const there = this.events.slice(place).find(is);
    if (there) {
      return Promise.resolve(there);
    }
    return new Promise((done) => {
      const end = (event) => {
        this.listeners.delete(look);
        forget();
        done(event);
      };
      const look = (event) => is(event) && end(event);
      const forget = this.clock.after(seconds, () => end());
      this.listeners.add(look);
    });
  }
  async untilKind(place, seconds, kind, is = () => true) {
    return await this.until(place, seconds, (event) => event.kind === kind && is(event));
  }
};

// src/tokens.ts
import { randomBytes } from "node:crypto";
var Tokens = class {
  constructor(clock) {
    this.clock = clock;
  }
  clock;
  ends = /* @__PURE__ */ new Map();
  tickets = /* @__PURE__ */ new Map();
  used = /* @__PURE__ */ new Set();
  /** @param seconds until it ends */
  issue(user, seconds) {
    const now = this.clock.wall() / 1e3;
    const whole = (time) => this.clock.speed === 1 ? Math.floor(time) : time;
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      token_type: "access",
      iat: whole(now),
      exp: whole(now + seconds),
      jti: randomBytes(8).toString("hex"),
      user_id: user
    };
    const token = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.${randomBytes(32).toString("base64url")}`;
    this.ends.set(token, now + seconds);
    return token;
  }
  /** Ends it now. */
  expire(token) {
    if (this.ends.has(token)) {
      this.ends.set(token, 0);
    }
  }
  /** Lets it be good again, for a client that has no other. */
  revive(token) {
    this.ends.set(token, this.clock.wall() / 1e3 + 24 * 3600);
  }
  knows(token) {
    return this.ends.has(token);
  }
  isGood(token) {
    return this.remaining(token) > 0;
  }
  /** Seconds until it ends; negative when it has, or is none. */
  remaining(token) {
    return (this.ends.get(token) ?? 0) - this.clock.wall() / 1e3;
  }
  ticket(token) {
    const ticket = randomBytes(24).toString("base64url");
    this.tickets.set(ticket, token);
    return ticket;
  }
  /** The token that it was had with; undefined when it is none. */
  ofTicket(ticket) {
    return this.tickets.get(ticket);
  }
  /** True the first time. */
  use(ticket) {
    const isFirst = this.tickets.has(ticket) && !this.used.has(ticket);
    this.used.add(ticket);
    return isFirst;
  }
};

// src/hub.ts
var SOCKETS = /^\/ws\/notifications\/?$/;
var CONTROL = "/conformance/";
var Hub = class _Hub {
  constructor(clock) {
    this.clock = clock;
    this.tape = new Tape(clock);
    this.tokens = new Tokens(clock);
    this.rest = new Rest(this);
    this.token = this.tokens.issue(1, 24 * 3600);
    this.server = createServer(
      (request, response) => void this.call(request, response).catch(() => response.destroy())
    );
    this.server.on("upgrade", (request, line, head) => this.handshake(request, line, head));
  }
  clock;
  tokens;
  rows = new Rows();
  tape;
  sockets = [];
  /** What the script answers instead; `cut`: it ends the line. */
  onCall;
  onHandshake;
  /** Whether a new connection is greeted, and after how many seconds. */
  greets = true;
  greetsAfter = 0;
  /** The newest seq that the client was told: by its first greeting, and by notifications. */
  told = 0;
  /** The code that each new connection is closed with at once; 0: it is not. */
  closes = 0;
  /** Seconds until a call is answered. */
  answersAfter = 0;
  /** Whether what `resume` asks for is sent. */
  replays = true;
  /** Seconds that the next tokens last. */
  tokenLife = 3600;
  /** What a person would do now; handed out once. */
  wish = null;
  /** The newest one that the client was given, or that is printed. */
  token;
  url = "";
  isOver = false;
  closing = [];
  rest;
  upgrades = new import_websocket_server.default({ noServer: true, perMessageDeflate: false, maxPayload: 1 << 20 });
  server;
  /** @param port 0: any that is free */
  static async open(clock, port = 0, host = "127.0.0.1") {
    const hub = new _Hub(clock);
    await new Promise((done, failed2) => {
      hub.server.once("error", failed2);
      hub.server.listen(port, host, done);
    });
    const name = host === "0.0.0.0" ? "localhost" : host;
    hub.url = `http://${name}:${hub.server.address().port}`;
    return hub;
  }
  /** Calls back before it is closed. */
  onClose(run2) {
    this.closing.push(run2);
  }
  close() {
    this.isOver = true;
    this.closing.forEach((run2) => run2());
    this.sockets.forEach((socket) => socket.isOpen && socket.cut());
    this.upgrades.clients.forEach((line) => line.terminate());
    this.server.closeAllConnections();
    this.server.close();
  }
  /** Those that are greeted and neither ended nor frozen. */
  live() {
    return this.sockets.filter((socket) => socket.isLive);
  }
  /** Something happens to a ticket: recorded, and told on every live socket. */
  happen(message) {
    const frame = this.rows.record(message);
    this.say(frame);
    return frame;
  }
  say(frame) {
    this.live().forEach((socket) => socket.send(frame));
  }
  /** Does again what a hub does. */
  behave() {
    this.onCall = this.onHandshake = void 0;
    this.greets = this.replays = true;
    this.greetsAfter = this.answersAfter = this.closes = 0;
    this.tokenLife = 3600;
    this.wish = null;
  }
  async call(request, response) {
    const url = new URL(request.url, this.url);
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) {
      body += chunk;
    }
    const cors = {
      "Access-Control-Allow-Origin": request.headers.origin ?? "*",
      "Access-Control-Allow-Headers": "authorization, content-type, accept",
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Expose-Headers": "Retry-After",
      Vary: "Origin"
    };
    if (request.method === "OPTIONS") {
      response.writeHead(204, cors).end();
      return;
    }
    let answer;
    if (url.pathname.startsWith(CONTROL)) {
      answer = this.rest.control(request.method, url, body);
    } else {
      answer = this.rest.answer(request, url, body);
      await sleep(this.clock, this.answersAfter);
    }
    if (answer === "cut") {
      request.socket.destroy();
      return;
    }
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      "Content-Type": typeof answer.body === "string" ? "text/html; charset=utf-8" : "application/json",
      "Cache-Control": "no-store",
      ...cors,
      ...answer.headers
    });
    response.end(text);
  }
  handshake(request, line, head) {
    line.on("error", () => {
    });
    const url = new URL(request.url, this.url);
    const { searchParams: query, pathname } = url;
    const ticket = query.get("ticket");
    const bearer = request.headers.authorization?.replace(/^Bearer /, "");
    const by = ticket !== null ? "ticket" : query.has("token") ? "query" : bearer ? "header" : "nothing";
    const token = (ticket !== null ? this.tokens.ofTicket(ticket) : query.get("token") ?? bearer) ?? "";
    const isTicketUsed = ticket !== null && this.tokens.ofTicket(ticket) !== void 0 && !this.tokens.use(ticket);
    const isKnown = this.tokens.knows(token) && !isTicketUsed;
    const status = !SOCKETS.test(pathname) ? 404 : this.onHandshake?.() ?? (isKnown ? 101 : 401);
    const since = /^\d+$/.test(query.get("since") ?? "") ? Number(query.get("since")) : -1;
    const seen = { kind: "handshake", by, token, since, isTicketUsed };
    if (status !== 101) {
      this.tape.add({ ...seen, status: status === "cut" ? 0 : status, socket: void 0 });
      status === "cut" ? line.destroy() : line.end(refusal(status));
      return;
    }
    this.upgrades.handleUpgrade(request, line, head, (opened) => {
      const socket = new HubSocket(this, opened, line, token, since);
      this.sockets.push(socket);
      this.tape.add({ ...seen, status: 101, socket });
      if (this.closes || !this.tokens.isGood(token)) {
        socket.close(this.closes || 4401);
      } else if (this.greets) {
        this.clock.after(this.greetsAfter, () => socket.isOpen && socket.greet());
      }
    });
  }
};
function refusal(status) {
  const body = JSON.stringify({ detail: "As the script says." });
  const length = `Content-Type: application/json\r
Content-Length: ${Buffer.byteLength(body)}`;
  return `HTTP/1.1 ${status} No\r
${length}\r
Connection: close\r
\r
${body}`;
}

// src/judge.ts
var WEIGHT = { unseen: 0, kept: 1, broken: 2 };
var Judge = class {
  /** @param tell called with each finding as it is made */
  constructor(tell = () => {
  }) {
    this.tell = tell;
  }
  tell;
  findings = /* @__PURE__ */ new Map();
  /** @param seen what was seen; a different word for each of the two when they are given */
  say(id, isKept, seen) {
    this.add(id, isKept ? "kept" : "broken", seen);
  }
  /** It could not be seen. */
  unseen(id, why) {
    this.add(id, "unseen", why);
  }
  has(id) {
    return this.findings.has(id);
  }
  all() {
    return this.findings;
  }
  add(id, verdict, seen) {
    const before = this.findings.get(id);
    if (!before || WEIGHT[verdict] > WEIGHT[before.verdict]) {
      this.findings.set(id, { verdict, seen: [seen] });
      this.tell(id, verdict, seen);
    } else if (before.verdict === verdict && before.seen.length < 5 && !before.seen.includes(seen)) {
      this.findings.set(id, { verdict, seen: [...before.seen, seen] });
    }
  }
};

// src/stage.ts
var PATIENCE = 90;
var SETTLED = 11;
var ClientGone = class extends Error {
};
var Stage = class {
  constructor(hub, judge, clients) {
    this.hub = hub;
    this.judge = judge;
    this.clients = clients;
    this.tape = hub.tape;
    this.clock = hub.clock;
  }
  hub;
  judge;
  clients;
  tape;
  clock;
  /** Seconds of the script. */
  sleep(seconds) {
    return sleep(this.clock, seconds);
  }
  /** The client's socket, once it has one. @throws ClientGone when it does not come */
  async connected(seconds = PATIENCE) {
    const live = () => this.hub.live().length >= this.clients;
    if (!live()) {
      const until = this.clock.now() + seconds;
      while (!live() && this.clock.now() < until) {
        await this.sleep(0.25);
      }
      if (!live()) {
        throw new ClientGone(`no socket within ${seconds} s`);
      }
    }
    return this.hub.live().at(-1);
  }
  /** As {@link connected}, and for so long that its next loss counts as the first one. */
  async settled() {
    for (; ; ) {
      const socket = await this.connected();
      const left = socket.greetedAt + SETTLED - this.clock.now();
      if (left <= 0) {
        return socket;
      }
      await this.sleep(left);
    }
  }
  /** The first thing that the client does to come back. */
  firstTry(place, seconds = PATIENCE) {
    return this.tape.until(place, seconds, isTry);
  }
  /**
   * Waits until it is back: a handshake with what it missed, by since, by resume or by REST.
   * @returns how it asked; undefined when it did not come; `nothing`: it came and asked for nothing
   */
  async back(place) {
    const shake = await this.tape.untilKind(place, PATIENCE, "handshake", ({ status }) => status === 101);
    if (!shake) {
      return void 0;
    }
    if (shake.kind === "handshake" && shake.since >= 0) {
      return "since";
    }
    const asked = await this.tape.until(place, 10, (event) => isResume(event) || isList(event));
    return !asked ? "nothing" : asked.kind === "frame" ? "resume" : "list";
  }
  /** Has the client's driver do what a person would, if there is one. @returns whether it took the wish */
  async wish(what) {
    this.hub.wish = what;
    const until = this.clock.now() + 15;
    while (this.hub.wish && this.clock.now() < until) {
      await this.sleep(0.25);
    }
    const isTaken = !this.hub.wish;
    this.hub.wish = null;
    return isTaken;
  }
  /** Judges what the client says that it shows, once that is right or has had time to be. */
  async shows(id, what, isRight) {
    if (!this.tape.events.some((event) => event.kind === "state")) {
      this.judge.unseen(id, "the client does not say what it shows (POST /conformance/state)");
      return void 0;
    }
    await this.sleep(2);
    await this.tape.untilKind(this.tape.end, 5, "state");
    const newest = this.tape.events.findLast((event) => event.kind === "state");
    const right = newest?.kind === "state" && isRight(newest) ? newest : await this.tape.untilKind(this.tape.end, 20, "state", isRight);
    const last = this.tape.events.findLast((event) => event.kind === "state");
    const found = last?.kind === "state" ? `unread ${last.unread}, ${last.ids?.length ?? "no"} ids` : "";
    this.judge.say(id, !!right, right ? what : `not so after 20 s: ${what}; the client shows ${found}`);
    return !!right;
  }
  /** Its badge is one of the two numbers that the hub says, and the better one of them. */
  async showsBadge(when) {
    const { rows } = this.hub;
    const events = () => rows.unread("SYSTEM");
    const isRight = await this.shows(
      "badge",
      `the badge ${when}`,
      ({ unread }) => unread === events() || unread === rows.unread()
    );
    if (isRight) {
      await this.shows("badge-counts-events", `the badge ${when} counts events`, ({ unread }) => unread === events());
    } else {
      const why = isRight === false ? "the badge is none of the hub's numbers" : "the client does not say what it shows";
      this.judge.unseen("badge-counts-events", why);
    }
  }
  /** What it lists has all of these. */
  async showsAll(what, ids2) {
    await this.shows("list-complete", what, (state) => !state.ids || ids2().every((id) => state.ids.includes(id)));
  }
};
function isTry(event) {
  return event.kind === "handshake" || event.kind === "call" && event.path === "ws_ticket/" && event.method === "POST";
}
function isList(event) {
  return event.kind === "call" && event.method === "GET" && (event.path === "" || event.path === "unread/");
}
function isResume(event) {
  return event.kind === "frame" && event.frame?.type === "resume";
}
function s(seconds) {
  return `${Math.round(seconds * 10) / 10} s`;
}

// src/watch.ts
var FRAME_TYPES = ["ping", "resume", "refresh"];
function watch(hub, judge, clients) {
  const tries = [];
  const frames2 = [];
  const within = (times, at, seconds) => {
    times.push(at);
    while (times[0] < at - seconds) {
      times.shift();
    }
    return times.length;
  };
  function look(event) {
    if (event.kind === "handshake") {
      const inTen = within(tries, event.at, 10);
      judge.say(
        "no-storm",
        inTen < 10 * clients,
        `at most ${9 * clients} tries in ten seconds, ${inTen} at ${s(event.at)}`
      );
      judge.say(
        "token-not-in-address",
        event.by !== "query",
        event.by === "query" ? "the token stands in the address" : `by ${event.by}`
      );
      if (event.by === "ticket") {
        judge.say(
          "ticket-once",
          !event.isTicketUsed,
          event.isTicketUsed ? "a ticket was used twice" : "each ticket once"
        );
      }
      if (event.socket) {
        const open = hub.sockets.filter((socket) => socket.isOpen).length;
        judge.say("one-socket", open <= clients, `${open} open at ${s(event.at)}`);
      }
    } else if (event.kind === "call") {
      judge.say(
        "token-not-in-address",
        !event.query.has("token"),
        event.query.has("token") ? "the token stands in a REST address" : "not in REST"
      );
    } else if (event.kind === "frame") {
      const { frame, bytes } = event;
      const isGood = frame !== null && FRAME_TYPES.includes(String(frame.type)) && bytes <= 8192 && isComplete(frame);
      judge.say(
        "frames-valid",
        isGood,
        isGood ? "all so far" : `sent: ${frame ? describe(frame) : "no JSON object"}, ${bytes} bytes`
      );
      const inOne = within(frames2, event.at, hub.clock.speed);
      judge.say("few-frames", inOne <= 50 * clients, `at most 50 in a second, ${inOne} at ${s(event.at)}`);
    }
  }
  hub.tape.listen(look);
}
function isComplete(frame) {
  return frame.type === "ping" || frame.type === "resume" && Number.isInteger(frame.seq) || frame.type === "refresh" && typeof frame.token === "string";
}
function describe(frame) {
  return `{${Object.keys(frame).join(", ")}} of type ${JSON.stringify(frame.type)?.slice(0, 40)}`;
}

// src/run.ts
var ALWAYS = [
  "one-socket",
  "token-not-in-address",
  "ticket-once",
  "frames-valid",
  "few-frames",
  "no-storm"
];
async function run(options2) {
  const clock = options2.clock ?? new RealClock();
  const hub = await Hub.open(clock, options2.port, options2.host);
  const judge = new Judge(options2.found);
  const clients = options2.clients ?? 1;
  const stage = new Stage(hub, judge, clients);
  watch(hub, judge, clients);
  try {
    Array.from({ length: 3 }, () => hub.rows.record());
    options2.opened?.(hub);
    const came = await hub.tape.until(0, options2.wait ?? 120, () => true);
    for (const scenario of came ? options2.scenarios : []) {
      await play(scenario, stage, options2);
    }
    const wanted = /* @__PURE__ */ new Set([...options2.scenarios.flatMap(({ rules }) => rules), ...ALWAYS]);
    [...came ? wanted : []].filter((id) => !judge.has(id)).forEach((id) => judge.unseen(id, "nothing happened that tells"));
    return { came: !!came, findings: judge.all() };
  } finally {
    hub.close();
  }
}
async function play(scenario, stage, { begins }) {
  const { hub, judge, clients } = stage;
  if ((scenario.clients ?? 1) > clients) {
    begins?.(scenario, `needs ${scenario.clients} clients at once, see --clients`);
    scenario.rules.forEach((id) => judge.has(id) || judge.unseen(id, `needs --clients ${scenario.clients}`));
    return;
  }
  begins?.(scenario, "");
  try {
    await scenario.play(stage);
  } catch (error) {
    if (!(error instanceof ClientGone)) {
      throw error;
    }
    judge.say(scenario.name === "hello" ? "connects" : "comes-back", false, `${scenario.name}: ${error.message}`);
    scenario.rules.forEach((id) => judge.has(id) || judge.unseen(id, error.message));
  } finally {
    hub.behave();
  }
}

// src/scenarios/closes.ts
var CODES = [
  [1006, "close-1006"],
  [1001, "close-1001"],
  [1012, "close-1012"],
  [1011, "close-1011"],
  [4408, "close-4408"],
  [4999, "close-unknown"]
];
var SAMPLES = 4;
var SHARE = 0.15;
var SECONDS = 0.3;
var closes = {
  name: "closes",
  title: "the line is cut, and closed with each code",
  seconds: 90,
  rules: [...CODES.map(([, id]) => id), "since", "spread", "list-complete", "each-once"],
  async play(stage) {
    const waits = [];
    for (const [code, id] of CODES) {
      await stage.settled();
      const wait = await lose(stage, code, id);
      if (wait !== void 0) {
        waits.push(wait);
      }
    }
    const { judge, hub } = stage;
    if (waits.length < SAMPLES) {
      judge.unseen("spread", `came back ${waits.length} times only`);
    } else {
      const spread = Math.max(...waits) - Math.min(...waits);
      const isKept = spread >= Math.max(SECONDS, SHARE * Math.max(...waits));
      judge.say("spread", isKept, `after its first losses it waited ${waits.map(s).join(", ")}`);
    }
    await stage.showsAll("what was missed while away", () => hub.rows.ids().slice(0, CODES.length));
    await stage.shows("each-once", "each id once", ({ ids: ids2 }) => !ids2 || new Set(ids2).size === ids2.length);
  }
};
async function lose(stage, code, id) {
  const { hub, tape, judge, clock } = stage;
  const place = tape.end;
  const lost = clock.now();
  const had = hub.rows.seq;
  const { told } = hub;
  hub.live().forEach((socket) => code === 1006 ? socket.cut() : socket.close(code));
  hub.happen();
  const first = await stage.firstTry(place);
  const how = await stage.back(place);
  if (!how) {
    judge.say(id, false, `not back within ${s(clock.now() - lost)}`);
    return void 0;
  }
  const shake = tape.from(place, "handshake", ({ status }) => status === 101)[0];
  judge.say(
    id,
    how !== "nothing",
    how === "nothing" ? "came back and did not ask for what it missed" : `back by ${how}`
  );
  if (how === "since") {
    judge.say(
      "since",
      shake.since <= had && shake.since >= told,
      `since=${shake.since}, where it was told up to ${told}`
    );
  } else if (how !== "nothing") {
    judge.say("since", how === "resume", how === "resume" ? "resume" : "came back without since, and loaded all anew");
  }
  return first && first.at - lost;
}

// src/scenarios/crowd.ts
var crowd = {
  name: "crowd",
  title: "all clients at once are closed with 1012",
  seconds: 20,
  clients: 4,
  rules: ["crowd-spread"],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    const place = tape.end;
    const lost = clock.now();
    hub.live().forEach((socket) => socket.close(1012));
    await stage.connected();
    const kind = tape.from(place, "handshake", ({ by }) => by === "ticket").length ? "call" : "handshake";
    const tries = tape.events.slice(place).filter((event) => isTry(event) && event.kind === kind).map(({ at }) => at - lost).slice(0, stage.clients);
    const spread = tries.at(-1) - tries[0];
    judge.say("crowd-spread", spread >= 0.3, `${tries.length} came back over ${s(spread)}: ${tries.map(s).join(", ")}`);
  }
};

// src/scenarios/failing.ts
var failing = {
  name: "failing",
  title: "REST fails in the middle, or is slow; the greeting is slow",
  seconds: 50,
  rules: ["rest-retried", "patient", "list-complete"],
  async play(stage) {
    await failed(stage);
    await slow(stage);
  }
};
async function failed(stage) {
  const { hub, tape, judge } = stage;
  await stage.settled();
  const place = tape.end;
  let left = 3;
  let last = 0;
  hub.onCall = ({ method }) => {
    if (method !== "GET" || left === 0) {
      return void 0;
    }
    left--;
    last = tape.end;
    return left === 2 ? { status: 503, body: { detail: "The database is away.", code: "unavailable" } } : left === 1 ? "cut" : { status: 200, body: "<html>An error page of a proxy</html>" };
  };
  hub.rows.record();
  hub.say({ type: "resync" });
  const asked = await tape.until(place, 20, (event) => event.kind === "call" && event.method === "GET");
  if (!asked) {
    judge.unseen("rest-retried", "asked nothing by REST after resync");
    return;
  }
  const isGood = (event) => left === 0 && isList(event) && tape.events.indexOf(event) > last;
  const good = await tape.until(place, 60, isGood);
  const calls = tape.from(place, "call").length;
  judge.say(
    "rest-retried",
    !!good && calls <= 20 * stage.clients,
    good ? `the list after ${s(good.at - asked.at)} and ${calls} calls` : `no list within 60 s of three failures; ${calls} calls`
  );
  await stage.showsAll("what was there while REST failed", () => [hub.rows.ids()[0]]);
}
async function slow(stage) {
  const { hub, tape, judge } = stage;
  await stage.settled();
  hub.behave();
  const place = tape.end;
  hub.greetsAfter = 8;
  hub.answersAfter = 3;
  hub.live().forEach((socket) => socket.cut());
  const shake = await tape.untilKind(place, 90, "handshake", ({ status }) => status === 101);
  if (!shake) {
    judge.unseen("patient", "did not come back");
    return;
  }
  await stage.sleep(18);
  const more = tape.from(place, "handshake").length - stage.clients;
  const same = doubled(
    tape.from(place, "call").map((call) => [`${call.method} ${call.path}?${call.query}`, call.at]),
    3
  );
  judge.say(
    "patient",
    more <= 0 && !same,
    more > 0 ? `${more} more tries while the greeting took 8 s` : same ? `${same} was asked again beside itself` : "waited"
  );
}
function doubled(calls, seconds) {
  return calls.find(
    ([what, at], i) => calls.slice(i + 1).some(([other, later]) => other === what && later - at < seconds)
  )?.[0];
}

// src/scenarios/frames.ts
var frames = {
  name: "frames",
  title: "garbage, unknown and large frames",
  seconds: 35,
  rules: ["survives-garbage", "ignores-unknown", "takes-large"],
  async play(stage) {
    const { hub } = stage;
    await stage.connected();
    await stays(stage, "ignores-unknown", "unknown types and fields", () => {
      hub.say({ type: "from_the_future", notification_types: ["a"], list: [1, { deep: null }] });
      hub.say({ type: "error", code: "from_the_future", message: "Nothing that you know." });
      hub.say({ type: "pong", timestamp: null });
      hub.say({ ...hub.rows.record(), from_the_future: { deep: [null] } });
      hub.say({ ...hub.rows.unreadFrame(), from_the_future: true });
    });
    await stays(stage, "takes-large", "a notification of 100 KB", () => hub.happen("long ".repeat(2e4)));
    hub.rows.all.forEach((row) => row.message = "Ticket assigned to you");
    await stays(stage, "survives-garbage", "frames that are no JSON object", () => {
      for (const garbage of [
        "",
        "{",
        "pong",
        "null",
        "[]",
        '"text"',
        "17",
        '{"type":null}',
        '{"notification_type":7}',
        "<html>"
      ]) {
        hub.say(garbage);
      }
      hub.say(new Uint8Array([0, 255, 1, 254]));
    });
  }
};
async function stays(stage, id, what, send) {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  send();
  await stage.sleep(3);
  hub.happen();
  await stage.sleep(4);
  const closed = tape.from(place, "closed");
  const isKept = !closed.length && hub.live().length >= stage.clients;
  judge.say(
    id,
    isKept,
    isKept ? `${what}: still connected` : `${what}: the client closed its socket (${closed.map(({ code }) => code)})`
  );
  const [newest] = hub.rows.ids();
  if (isKept && tape.events.some((event) => event.kind === "state")) {
    await stage.shows(id, `the good one after ${what} is shown`, ({ ids: ids2 }) => !ids2 || ids2.includes(newest));
  }
}

// src/scenarios/heartbeat.ts
var LOSSES = 4;
var WATCHED = 65;
var heartbeat = {
  name: "heartbeat",
  title: `pings after ${LOSSES} reconnects`,
  seconds: WATCHED + LOSSES * 15,
  rules: ["sends-heartbeat", "one-heartbeat"],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    for (let i = 0; i < LOSSES; i++) {
      await stage.settled();
      hub.live().forEach((socket) => socket.close(1012));
      await stage.sleep(0.5);
    }
    await stage.connected();
    const place = tape.end;
    const begin = clock.now();
    await stage.sleep(WATCHED);
    const isBeat = (event) => event.kind === "ping" || event.kind === "frame" && event.frame?.type === "ping";
    const beats = [...tape.from(place, "frame", isBeat), ...tape.from(place, "ping")].map(({ at }) => at - begin);
    const seen = `${beats.length} pings in ${WATCHED} s${beats.length ? `, at ${beats.slice(0, 12).map(s).join(", ")}` : ""}`;
    judge.say("sends-heartbeat", beats.length > 0, seen);
    beats.length ? judge.say("one-heartbeat", beats.length <= 7 * stage.clients, seen) : judge.unseen("one-heartbeat", seen);
  }
};

// src/scenarios/hello.ts
var hello = {
  name: "hello",
  title: "connects, is told, is left in peace",
  seconds: 40,
  rules: [
    "connects",
    "loads-first",
    "answers-pings",
    "badge",
    "badge-counts-events",
    "burst-not-asked",
    "quiet-when-live",
    "list-complete"
  ],
  async play(stage) {
    const { hub, tape, judge } = stage;
    const socket = await stage.connected();
    judge.say("connects", true, "greeted");
    const loads = (from) => tape.until(from, 10, (event) => isList(event) || event.kind === "call" && event.path === "unread_count/");
    const loaded = await loads(0);
    judge.say(
      "loads-first",
      !!loaded,
      loaded ? "asked by REST" : "nothing was asked by REST within ten seconds of the greeting"
    );
    const place = tape.end;
    socket.ping();
    const pong = await tape.untilKind(place, 20, "pong");
    judge.say("answers-pings", !!pong, pong ? "pong" : "no pong within 20 s");
    await stage.sleep(3);
    hub.happen();
    await stage.showsAll("what a frame told", () => [hub.rows.ids()[0]]);
    await stage.showsBadge("as the frame says it");
    const before = tape.end;
    for (let i = 0; i < 30; i++) {
      hub.happen();
    }
    await stage.sleep(5);
    const calls = tape.from(before, "call").length;
    judge.say("burst-not-asked", calls <= 6 * stage.clients, `${calls} REST calls after 30 notifications at once`);
    const quiet = tape.end;
    await stage.sleep(20);
    const polls = tape.from(quiet, "call").length;
    judge.say("quiet-when-live", polls <= 1 * stage.clients, `${polls} REST calls in 20 quiet seconds`);
  }
};

// src/scenarios/limits.ts
var WATCHED2 = 30;
var MOST = 4;
var RETRY_AFTER = 20;
var limits = {
  name: "limits",
  title: "too many connections, too many frames, Retry-After",
  seconds: 150,
  rules: ["close-4409", "close-4429", "retry-after"],
  async play(stage) {
    await hammered(stage, 4409, "close-4409");
    await hammered(stage, 4429, "close-4429");
    const { hub, tape, judge } = stage;
    await stage.settled();
    const place = tape.end;
    hub.onCall = () => ({
      status: 429,
      body: { detail: "Request was throttled.", code: "throttled" },
      headers: { "Retry-After": String(RETRY_AFTER) }
    });
    hub.onHandshake = () => "cut";
    hub.live().forEach((socket) => socket.cut());
    const told = await tape.untilKind(place, 60, "call");
    if (!told) {
      judge.unseen("retry-after", "asked nothing by REST when its socket was lost");
      return;
    }
    await stage.sleep(1.5);
    const from = tape.end;
    await stage.sleep(RETRY_AFTER - 3);
    const early = tape.from(from, "call").length;
    judge.say(
      "retry-after",
      early <= (stage.clients - 1) * 2,
      `${early} REST calls before Retry-After (${RETRY_AFTER} s) was over`
    );
  }
};
async function hammered(stage, code, id) {
  const { hub, tape, judge, clock } = stage;
  await stage.settled();
  const place = tape.end;
  const begin = clock.now();
  hub.closes = code;
  hub.live().forEach((socket) => socket.close(code));
  await stage.sleep(WATCHED2);
  const tries = tape.from(place, "handshake").map(({ at }) => at - begin);
  judge.say(
    id,
    tries.length <= MOST * stage.clients,
    `${tries.length} tries in ${WATCHED2} s (${tries.slice(0, 12).map(s).join(", ")})`
  );
  hub.closes = 0;
  const back = tape.end;
  const shake = hub.live().length || await tape.untilKind(back, 90, "handshake", ({ status }) => status === 101);
  judge.say(id, !!shake, shake ? "back when there is room" : `not back within 90 s after the last ${code}`);
}

// src/scenarios/marks.ts
var ONE = /^(\d+)\/mark_as_read\/$/;
var isMark = ({ method, path }) => method === "POST" && (ONE.test(path) || path === "mark_all_as_read/");
var marks = {
  name: "marks",
  title: "the newest is marked, then another one, which is refused, then all; by hand where the client takes no wishes",
  seconds: 30,
  rules: ["marks-one", "marks-event", "mark-taken-back", "marks-up-to", "badge"],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await stage.connected();
    const frame = hub.happen();
    await stage.sleep(2);
    const one = await marked(stage, { do: "mark_one", id: frame.id });
    if (!one) {
      for (const id2 of ["marks-one", "marks-event", "mark-taken-back", "marks-up-to"]) {
        judge.unseen(
          id2,
          "nothing was marked; mark one while this scenario waits, or answer the wishes of /conformance/state"
        );
      }
      return;
    }
    const id = Number(ONE.exec(one.path)?.[1]);
    judge.say(
      "marks-one",
      one.status === 200 && id === frame.id,
      `marked ${id || "all"}, meant was ${frame.id}: ${one.status}`
    );
    judge.say(
      "marks-event",
      one.query.get("event") === "1",
      one.query.get("event") === "1" ? "?event=1" : "without ?event=1: two rows of the event stay unread"
    );
    await stage.showsBadge("after a mark");
    const refused2 = hub.happen();
    await stage.sleep(2);
    hub.onCall = (asked) => isMark(asked) ? { status: 503, body: { detail: "Not now.", code: "unavailable" } } : void 0;
    const second = await marked(stage, { do: "mark_one", id: refused2.id });
    if (!second) {
      judge.unseen("mark-taken-back", "no second one was marked");
    } else if (!tape.events.some((event) => event.kind === "state" && event.readIds)) {
      judge.unseen("mark-taken-back", "the client does not say what it shows as read (read_ids)");
    } else {
      await stage.shows(
        "mark-taken-back",
        "unread again",
        ({ readIds }) => !!readIds && !readIds.includes(refused2.id)
      );
    }
    hub.onCall = void 0;
    const all = await marked(stage, { do: "mark_all" });
    if (!all || ONE.test(all.path)) {
      judge.unseen("marks-up-to", "all were not marked at once");
      return;
    }
    judge.say(
      "marks-up-to",
      all.query.has("up_to"),
      all.query.has("up_to") ? "up_to" : "without up_to: what came meanwhile is marked unseen"
    );
    await stage.showsBadge("after all were marked");
  }
};
async function marked(stage, wish) {
  const place = stage.tape.end;
  await stage.wish(wish);
  return stage.tape.untilKind(place, 15, "call", isMark);
}

// src/scenarios/order.ts
var order = {
  name: "order",
  title: "frames twice, out of order, missing; resync",
  seconds: 55,
  rules: ["each-once", "out-of-order", "asks-after-gap", "place-behind-gap", "resync-loads", "list-complete", "badge"],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await twice(stage);
    await changed(stage);
    await lacking(stage);
    await lackingAndLost(stage);
    await stage.settled();
    const place = tape.end;
    hub.rows.record();
    hub.say({ type: "resync" });
    const loaded = await tape.until(place, 20, isList);
    judge.say("resync-loads", !!loaded, loaded ? "the list was loaded" : "no list was loaded within 20 s of resync");
    await stage.sleep(2);
    await stage.showsAll("what came before resync", () => [hub.rows.ids()[0]]);
    await stage.showsBadge("after resync");
  }
};
async function twice(stage) {
  const { hub } = stage;
  await stage.connected();
  const frame = hub.happen();
  await stage.sleep(2);
  hub.say(frame);
  await stage.shows(
    "each-once",
    "one that came twice once",
    ({ ids: ids2 }) => !ids2 || ids2.filter((id) => id === frame.id).length === 1
  );
  await stage.showsBadge("after one that came twice");
}
async function changed(stage) {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  const [first, second, third] = [hub.rows.record(), hub.rows.record(), hub.rows.record()];
  [third, first, second].forEach((frame) => hub.say(frame));
  await stage.sleep(8);
  const ended2 = tape.from(place, "closed").length;
  judge.say("out-of-order", !ended2, ended2 ? "the client closed its socket" : "still connected");
  await stage.showsAll(
    "all three that changed places",
    () => [first, second, third].map((frame) => frame.id)
  );
}
async function lacking(stage) {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  const had = hub.rows.seq;
  hub.rows.record();
  hub.happen();
  const asked = await tape.until(place, 20, (event) => isResume(event) || isList(event));
  const seq = asked?.kind === "frame" ? Number(asked.frame?.seq) : void 0;
  judge.say(
    "asks-after-gap",
    !!asked && (seq === void 0 || seq <= had),
    !asked ? "asked nothing within 20 s" : seq === void 0 ? "the list was loaded" : `resume from ${seq}, where it had ${had}`
  );
  await stage.showsAll("what was missing", () => [hub.rows.ids()[1]]);
}
async function lackingAndLost(stage) {
  const { hub, tape, judge } = stage;
  await stage.settled();
  const had = hub.rows.seq;
  const place = tape.end;
  hub.replays = false;
  hub.rows.record();
  hub.happen();
  await stage.sleep(1);
  hub.live().forEach((socket) => socket.cut());
  const shake = await tape.untilKind(place, 90, "handshake", ({ status }) => status === 101);
  const loaded = tape.from(place, "call", (event) => isList(event)).length > 0;
  if (!shake) {
    judge.unseen("place-behind-gap", "it did not come back");
  } else if (shake.since < 0) {
    const asked = loaded || await tape.until(place, 10, (event) => isList(event) || isResume(event));
    judge.say("place-behind-gap", !!asked, asked ? "without since, and asked" : "without since, and asked for nothing");
  } else {
    const isKept = shake.since <= had || loaded;
    judge.say(
      "place-behind-gap",
      isKept,
      `since=${shake.since}, where it had ${had} without a gap${loaded ? ", and the list was loaded" : ""}`
    );
  }
  await stage.showsAll("what was missing when the line was cut", () => [hub.rows.ids()[1]]);
}

// src/scenarios/outage.ts
var AWAY = 60;
var outage = {
  name: "outage",
  title: `the hub is away for ${AWAY} s`,
  seconds: AWAY + 40,
  rules: ["backs-off", "comes-back"],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    const place = tape.end;
    const lost = clock.now();
    hub.onCall = () => "cut";
    hub.onHandshake = () => "cut";
    hub.live().forEach((socket) => socket.cut());
    await stage.sleep(AWAY);
    const handshakes = tape.from(place, "handshake");
    const tries = (handshakes.length ? handshakes : tape.events.slice(place).filter(isTry)).map(({ at }) => at - lost);
    const early = tries.filter((at) => at < AWAY / 2).length;
    const late = tries.length - early;
    judge.say(
      "backs-off",
      // One may fall on either side by chance.
      late <= Math.max(early * 0.75, stage.clients),
      `${early} tries in the first half of ${AWAY} s, ${late} in the second (${tries.slice(0, 12).map(s).join(", ")})`
    );
    const back = tape.end;
    hub.behave();
    const shake = await tape.untilKind(back, 90, "handshake", ({ status }) => status === 101);
    judge.say(
      "comes-back",
      !!shake,
      shake ? `back ${s(shake.at - lost - AWAY)} after the hub was` : "not back within 90 s"
    );
  }
};

// src/scenarios/polling.ts
var WATCHED3 = 90;
var polling = {
  name: "polling",
  title: "no socket can be had, REST works; then one can",
  seconds: 150,
  rules: ["polls", "polls-gently", "back-to-socket"],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await stage.settled();
    const place = tape.end;
    hub.onHandshake = () => 403;
    hub.live().forEach((socket) => socket.cut());
    await stage.sleep(WATCHED3);
    const polls = tape.from(place, "call", (event) => isList(event) || event.path === "unread_count/");
    judge.say("polls", polls.length > 0, `${polls.length} calls by REST for list or count in ${WATCHED3} s`);
    polls.length ? judge.say(
      "polls-gently",
      polls.length <= WATCHED3 / 3 * stage.clients,
      `${polls.length} calls for list or count in ${WATCHED3} s`
    ) : judge.unseen("polls-gently", "does not poll");
    const back = tape.end;
    hub.behave();
    const shake = await tape.untilKind(back, 90, "handshake", ({ status }) => status === 101);
    judge.say("back-to-socket", !!shake, shake ? "back" : "no socket within 90 s after one could be had");
  }
};

// src/scenarios/refused.ts
var WATCHED4 = 40;
var refused = {
  name: "refused",
  title: "every token is refused",
  seconds: 55,
  rules: ["refused-not-circled"],
  async play(stage) {
    const { hub, tape, judge } = stage;
    const { token } = await stage.settled();
    const place = tape.end;
    hub.onCall = () => ({
      status: 401,
      body: { detail: "User is inactive", code: "user_inactive" },
      headers: { "WWW-Authenticate": 'Bearer realm="api"' }
    });
    hub.onHandshake = () => 401;
    hub.tokens.expire(token);
    hub.live().forEach((socket) => socket.close(4401));
    await stage.sleep(WATCHED4);
    const asked = tape.from(place, "call").length + tape.from(place, "handshake").length;
    judge.say("refused-not-circled", asked <= 12 * stage.clients, `${asked} calls and tries in ${WATCHED4} s`);
  }
};

// src/scenarios/silence.ts
var silence = {
  name: "silence",
  title: "the line goes dead without a word, and a socket does not greet",
  seconds: 70,
  rules: ["notices-silence", "notices-no-greeting"],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    let place = tape.end;
    let since = clock.now();
    hub.greets = false;
    const frozen = hub.live();
    frozen.forEach((socket) => socket.freeze());
    const another = await tape.untilKind(place, 130, "handshake");
    judge.say(
      "notices-silence",
      !!another,
      another ? `another socket after ${s(another.at - since)}` : "no other socket within 130 s"
    );
    if (!another) {
      judge.unseen("notices-no-greeting", "it did not open another socket");
      frozen.forEach((socket) => socket.cut());
      return;
    }
    place = tape.end;
    since = clock.now();
    const yet = await tape.untilKind(place, 70, "handshake");
    judge.say(
      "notices-no-greeting",
      !!yet,
      yet ? `another try after ${s(yet.at - since)}` : "still waits for a greeting after 70 s"
    );
    hub.behave();
    hub.sockets.filter((socket) => socket.isOpen && !socket.isLive).forEach((socket) => socket.cut());
  }
};

// src/scenarios/tokens.ts
var tokens = {
  name: "tokens",
  title: "tokens end",
  seconds: 60,
  rules: ["close-4401", "rest-401", "refresh-in-band"],
  async play(stage) {
    await ended(stage);
    await refusedByRest(stage);
    await endsSoon(stage);
  }
};
async function ended(stage) {
  const { hub, tape, judge } = stage;
  const { token } = await stage.settled();
  const place = tape.end;
  hub.tokens.expire(token);
  hub.live().forEach((socket) => socket.close(4401));
  const shake = await tape.untilKind(
    place,
    60,
    "handshake",
    (event) => event.status === 101 && hub.tokens.isGood(event.token)
  );
  const old = tape.events.slice(place).filter((event) => isTry(event) && "token" in event && event.token === token).length;
  judge.say(
    "close-4401",
    !!shake && old <= 3 * stage.clients,
    shake ? `back with a fresh token, after ${old} tries with the old one` : `not back with a fresh token within 60 s; ${old} tries with the old one`
  );
  if (!shake) {
    hub.tokens.revive(token);
  }
}
async function refusedByRest(stage) {
  const { hub, tape, judge } = stage;
  const socket = await stage.settled();
  const { token } = socket;
  const place = tape.end;
  hub.tokens.expire(token);
  hub.say({ type: "resync" });
  const refused2 = await tape.untilKind(place, 20, "call", ({ status }) => status === 401);
  if (!refused2) {
    judge.unseen("rest-401", "asked nothing by REST after resync");
    hub.tokens.revive(token);
    return;
  }
  const again = await tape.untilKind(place, 30, "call", ({ status }) => status === 200);
  const old = tape.from(place, "call", ({ status }) => status === 401).length;
  judge.say(
    "rest-401",
    !!again && old <= 4 * stage.clients,
    again ? `asked again with a fresh token, after ${old} times 401` : `${old} times 401 in 30 s, and no call with a fresh token`
  );
  if (!again) {
    hub.tokens.revive(token);
  }
}
async function endsSoon(stage) {
  const { hub, tape, judge, clock } = stage;
  const before = await stage.settled();
  hub.tokenLife = 45;
  const place = tape.end;
  hub.tokens.expire(before.token);
  hub.live().forEach((socket) => socket.close(4401));
  const shake = await tape.untilKind(
    place,
    30,
    "handshake",
    (event) => event.status === 101 && hub.tokens.isGood(event.token)
  );
  hub.tokenLife = 3600;
  if (!shake?.socket) {
    judge.unseen("refresh-in-band", "did not come back with a fresh token");
    hub.tokens.revive(before.token);
    return;
  }
  const begin = clock.now();
  const said = await tape.until(tape.end, 60, (event) => {
    return event.kind === "frame" && event.frame?.type === "refresh" || event.kind === "closed" && event.socket === shake.socket;
  });
  judge.say(
    "refresh-in-band",
    said?.kind === "frame",
    said?.kind === "frame" ? `a fresh token after ${s(said.at - begin)}, of 45 s` : "the token ended, and with it the connection"
  );
}

// src/scenarios/index.ts
var SCENARIOS = [
  hello,
  frames,
  order,
  closes,
  heartbeat,
  silence,
  outage,
  polling,
  failing,
  marks,
  limits,
  crowd,
  tokens,
  refused
];

// src/main.ts
var HELP = `A scripted hub: point a client at it, and it tells what the client does right and wrong.

  node conformance.mjs [options]

  --port N         where it listens (default 8099; 0: any that is free)
  --host ADDRESS   on which address (default 127.0.0.1; 0.0.0.0 for a phone in the same network)
  --scenario NAME  all (default), or one or several with commas between them
  --clients N      how many clients, or tabs with a socket each, you start (default 1)
  --wait SECONDS   how long it waits for the client to come (default 120)
  --speed N        the script in so much less time; only for a client whose own clock and timers run so much faster
  --json           the result as JSON on standard output, all else on standard error
  --list           the scenarios and the rules, and nothing else

Exit code 0: no rule of level "must" is broken; 1: one is; 2: no client came, or an option is wrong.`;
var Wrong = class extends Error {
};
function parsed() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8099" },
        host: { type: "string", default: "127.0.0.1" },
        scenario: { type: "string", default: "all" },
        clients: { type: "string", default: "1" },
        wait: { type: "string", default: "120" },
        speed: { type: "string", default: "1" },
        json: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false }
      }
    }).values;
  } catch (error) {
    throw new Wrong(error.message);
  }
}
function options() {
  const values = parsed();
  const number = (name, least, most) => {
    const value = Number(values[name]);
    if (!(value >= least && value <= most) || name !== "speed" && !Number.isInteger(value)) {
      throw new Wrong(`--${name} ${values[name]}: a number from ${least} to ${most} is wanted`);
    }
    return value;
  };
  return {
    ...values,
    port: number("port", 0, 65535),
    clients: number("clients", 1, 10),
    wait: number("wait", 1, 86400),
    speed: number("speed", 1, 50),
    scenarios: values.scenario === "all" ? SCENARIOS : values.scenario.split(",").map(scenarioOf)
  };
}
function scenarioOf(name) {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (!found) {
    throw new Wrong(`--scenario ${name}: there are all, ${SCENARIOS.map((other) => other.name).join(", ")}`);
  }
  return found;
}
function list() {
  const scenarios = SCENARIOS.map(
    ({ name, title, seconds, rules: rules2 }) => `${name} (about ${seconds} s): ${title}
    ${rules2.join(", ")}`
  );
  const rules = Object.keys(RULES).map((id) => `${id} (${RULES[id].level}): a client ${RULES[id].good}`);
  return `Scenarios
  ${scenarios.join("\n  ")}

Rules
  ${rules.join("\n  ")}`;
}
async function main() {
  const { json, scenarios, port, host, speed, clients, wait, ...values } = options();
  if (values.help || values.list) {
    console.log(values.help ? HELP : list());
    return 0;
  }
  const say = json ? console.error : console.log;
  const seconds = scenarios.reduce((sum, scenario) => sum + scenario.seconds, 0) / speed;
  const result = await run({
    scenarios,
    port,
    host,
    clock: new RealClock(speed),
    clients,
    wait: wait * speed,
    opened(hub) {
      say(`The scripted hub is at ${hub.url}; about ${Math.ceil(seconds / 60)} min.

  REST       ${hub.url}/api/notifications/
  WebSocket  ${hub.url.replace("http", "ws")}/ws/notifications/
  token      ${hub.token}
  tokens     GET ${hub.url}/conformance/token, a fresh one with ?fresh=1: {"access": "…"}
  state      POST ${hub.url}/conformance/state {"unread": 3, "ids": [103]}, if the client can say what it shows

${host === "0.0.0.0" ? "From another device: the address of this machine in place of localhost.\n" : ""}Point ${clients === 1 ? "one client" : `${clients} clients`} at it now. Waiting …`);
    },
    begins: (scenario, skipped) => say(`
${scenario.name}: ${skipped || `${scenario.title}, about ${Math.ceil(scenario.seconds / speed)} s`}`),
    found: (id, verdict, seen) => say(`  ${verdict === "kept" ? "right  " : verdict === "broken" ? "WRONG  " : "unseen "} ${id}: ${seen}`)
  });
  if (json) {
    console.log(asJson(result));
  } else if (result.came) {
    console.log(asText(result));
  }
  if (!result.came) {
    console.error(`No client came within ${wait} s.`);
    return 2;
  }
  return broken(result, "must").length ? 1 : 0;
}
main().then(
  (code) => process.exit(code),
  (error) => {
    const { code, message } = error;
    if (!(error instanceof Wrong || code)) {
      throw error;
    }
    console.error(code === "EADDRINUSE" ? `${message}; choose another one with --port` : `${message}
See --help.`);
    process.exit(2);
  }
);
