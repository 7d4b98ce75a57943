
// Appended by build.sh to what wasm-bindgen writes: the two checks that can be made on this side
// alone, since they come before anything reaches Rust, and the way to the module in node.

/** Nothing can be called before the module is there. Every binding passes here first. */
const guardOfCalls = __wbg_call_guard;
__wbg_call_guard = () => {
    if (wasm === undefined) throw new Error("the module is not loaded yet: call init() and wait for it first");
    guardOfCalls();
};

/**
 * A method reads memory at the place its object names. So it takes only objects that this very class
 * has made, and none that was freed; what would be thrown later, on the way in, ends the module.
 */
function onlyOwnObjects(Class, registry) {
    const places = new WeakMap();
    const register = registry.register;
    registry.register = (object, place, token) => {
        places.set(object, place);
        register.call(registry, object, place, token);
    };
    for (const key of Reflect.ownKeys(Class.prototype)) {
        const method = Class.prototype[key];
        if (key === "constructor") continue;
        const checked = function () {
            const place = places.get(this);
            if (place === undefined || place !== this.__wbg_ptr) {
                throw new Error(`${Class.name}.${String(key)}: must be called on a ${Class.name} that has not been freed`);
            }
            return method.apply(this, arguments);
        };
        for (const name of ["name", "length"]) Object.defineProperty(checked, name, { value: method[name] });
        Class.prototype[key] = checked;
    }
}

onlyOwnObjects(Lab, LabFinalization);
onlyOwnObjects(Network, NetworkFinalization);

/**
 * Node cannot fetch what lies on its own disk: there the module is read as the file it is. Nothing is imported
 * at the top, where browsers and bundlers would look for it.
 */
const initByFetch = __wbg_init_once;
__wbg_init_once = async (options) => {
    const module = await (options === undefined ? new URL("regularization_playground_bg.wasm", import.meta.url) : options?.module_or_path ?? options);
    if (!globalThis.process?.versions?.node || !(module instanceof URL) || module.protocol !== "file:") return initByFetch(options);
    const name = "node:fs/promises";
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    return initByFetch({ module_or_path: readFile(module) });
};
